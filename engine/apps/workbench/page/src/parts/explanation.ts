import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type {
  Basis,
  Contribution,
  District,
  Indicator,
  Judgement,
  Name,
  Policy,
  Shares,
  Trace,
  TraceInput,
} from "../contract";

/** What the dialog tells of a number: where it comes from, and what it rests on. */
export interface Explanation {
  title: Name;
  year?: number | undefined;
  value: number | null;
  unit: string;
  basis?: Basis | undefined;
  judgement?: Judgement | undefined;
  formula?: string | undefined;
  inputs?: TraceInput[] | undefined;
  source?: string | undefined;
  confidence?: string | undefined;
  missing?: string[] | undefined;
  shares?: Shares | null | undefined;
  contributions?: Contribution[] | undefined;
  /** Whether contributions are known only while its year is shown. */
  isOfOtherYear?: boolean;
}

export type Explain = (explanation: Explanation) => void;

export const ExplainContext = createContext<Explain>(() => undefined);

export function useExplain(): Explain {
  return useContext(ExplainContext);
}

export function ofTrace(
  title: Name,
  value: number | null,
  unit: string,
  trace: Trace,
  basis?: Basis,
): Explanation {
  return { title, value, unit, basis, ...trace };
}

/** What was judged, by the policy's own formula. */
export function ofJudgement(policy: Policy, judgement: Judgement, year: number): Explanation {
  return {
    title: policy.name,
    year,
    value: judgement.value,
    unit: policy.unit,
    basis: judgement.basis,
    judgement,
    formula: judgement.formula,
    inputs: Object.entries(judgement.inputs).map(([id, value]) => ({ id, value, unit: "", source: "" })),
    source: policy.source,
    confidence: policy.confidence,
    missing: judgement.missing,
  };
}

/** An indicator of a year: who brings how much, and how sure the figures are. */
export function ofIndicator(district: District, indicator: Indicator, index: number): Explanation {
  const year = district.years[index];
  const detail = district.details.find((one) => one.year === year);
  return {
    title: indicator.name,
    year,
    value: indicator.values[index] ?? null,
    unit: indicator.unit,
    basis: indicator.basis[index],
    shares: indicator.confidence[index],
    contributions: detail?.contributions[indicator.id],
    isOfOtherYear: detail === undefined,
  };
}
