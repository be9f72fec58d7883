import type { Comparison } from "../contract";
import { NumberButton } from "../parts/NumberButton";
import { wordCell } from "../parts/table";
import type { TableContent } from "../parts/table";
import type { Reading } from "../reading";

/** Indicators of all districts side by side; with two, their difference too. */
export function comparisonTable(
  comparison: Comparison,
  isAll: boolean,
  { say, name, unit }: Reading,
): TableContent {
  const hasDifference = comparison.names.length === 2;
  const number = (value: number | null, of: string) => ({
    key: value,
    view: <NumberButton value={value} unit={of} hideUnit />,
  });
  return {
    columns: [
      { id: "indicator", heading: say("view_indicator") },
      { id: "unit", heading: say("view_unit") },
      ...comparison.names.map((one, index) => ({ id: `${index}`, heading: name(one), isNumeric: true })),
      ...(hasDifference ? [{ id: "difference", heading: say("view_difference"), isNumeric: true }] : []),
    ],
    rows: comparison.indicators
      .filter((indicator) => isAll || indicator.key)
      .map((indicator) => {
        const [first = null, second = null] = indicator.values;
        const difference = first === null || second === null ? null : second - first;
        return {
          id: indicator.id,
          cells: [
            wordCell(name(indicator.name)),
            wordCell(unit(indicator.unit).text),
            ...indicator.values.map((value) => number(value, indicator.unit)),
            ...(hasDifference ? [number(difference, indicator.unit)] : []),
          ],
        };
      }),
  };
}
