import type { District, YearDetail } from "../contract";

/** What the sections of a district show. */
export interface Shown {
  district: District;
  year: number;
  /** Of the year among the years of the district. */
  index: number;
  /** Absent while the workbench still asks for it. */
  detail: YearDetail | undefined;
}

export function chainIds(detail: YearDetail | undefined): string[] {
  return detail?.graph.chains.map((chain) => chain.id) ?? [];
}
