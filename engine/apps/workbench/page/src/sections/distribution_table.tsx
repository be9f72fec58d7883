import type { Distribution } from "../contract";
import { percentText } from "../number";
import { NumberButton } from "../parts/NumberButton";
import { wordCell } from "../parts/table";
import type { TableContent } from "../parts/table";
import type { Reading } from "../reading";

/** The value below which `share` of the draws lie, between the quantiles that are given. */
export function quantileAt(one: Distribution, share: number): number | null {
  for (let at = 1; at < one.quantiles.length; ++at) {
    const low = one.quantiles[at - 1];
    const high = one.quantiles[at];
    if (low !== undefined && high !== undefined && low[0] <= share && share <= high[0]) {
      const part = high[0] === low[0] ? 0 : (share - low[0]) / (high[0] - low[0]);
      return low[1] + part * (high[1] - low[1]);
    }
  }
  return null;
}

const shares = [0.05, 0.5, 0.95] as const;

export function distributionTable(distributions: Distribution[], { say, name, unit }: Reading): TableContent {
  return {
    columns: [
      { id: "indicator", heading: say("view_indicator") },
      { id: "year", heading: say("view_year"), isNumeric: true },
      { id: "unit", heading: say("view_unit") },
      ...shares.map((share) => ({
        id: `${share}`,
        heading: say("view_quantile", Math.round(100 * share)),
        isNumeric: true,
      })),
      { id: "nominal", heading: say("view_nominal"), isNumeric: true },
      { id: "bound", heading: say("view_bound"), isNumeric: true },
      { id: "chance", heading: say("view_chance"), isNumeric: true },
    ],
    rows: distributions.map((one) => {
      const number = (value: number | null) => ({
        key: value,
        view: <NumberButton value={value} unit={one.unit} hideUnit />,
      });
      return {
        id: `${one.id} ${one.year}`,
        cells: [
          wordCell(name(one.name)),
          { key: one.year, view: `${one.year}` },
          wordCell(unit(one.unit).text),
          ...shares.map((share) => number(quantileAt(one, share))),
          number(one.nominal),
          number(one.bound ?? null),
          { key: one.chance ?? null, view: percentText(one.chance ?? null) },
        ],
      };
    }),
  };
}
