import { useCallback, useMemo } from "preact/hooks";
import { Chart } from "../charts/Chart";
import { sharesHeight, sharesOption } from "../charts/shares";
import type { SharedRow } from "../charts/shares";
import { percentText } from "../number";
import { confidenceWords } from "../parts/codes";
import { ofIndicator, useExplain } from "../parts/explanation";
import { Section } from "../parts/Section";
import { wordCell } from "../parts/table";
import type { TableContent } from "../parts/table";
import { useReading } from "../reading";
import type { Reading } from "../reading";
import type { Shown } from "./shown";

function sharesTable(rows: SharedRow[], { say, name }: Reading): TableContent {
  return {
    columns: [
      { id: "indicator", heading: say("view_indicator") },
      ...confidenceWords.map((word) => ({ id: word, heading: say(word), isNumeric: true })),
    ],
    rows: rows.map((row) => ({
      id: row.id,
      cells: [
        wordCell(name(row.name)),
        ...row.shares.map((share) => ({ key: share, view: percentText(share) })),
      ],
    })),
  };
}

/** How much of each indicator that is looked at first rests on which figures. */
export function Confidence({ shown }: { shown: Shown }) {
  const reading = useReading();
  const { say } = reading;
  const explain = useExplain();
  const { district, index, year } = shown;
  const rows = useMemo(
    () =>
      district.indicators.flatMap((indicator) => {
        const shares = indicator.key ? (indicator.confidence[index] ?? null) : null;
        return shares === null ? [] : [{ id: indicator.id, name: indicator.name, shares }];
      }),
    [district, index],
  );
  const draw = useCallback((width: number) => sharesOption(rows, reading, width), [rows, reading]);
  if (rows.length === 0) {
    return null;
  }
  return (
    <Section id="confidence" title={say("view_confidence_in", year)} lead={say("view_confidence_lead")}>
      <Chart
        label={say("view_confidence_in", year)}
        draw={draw}
        height={sharesHeight(rows)}
        table={() => sharesTable(rows, reading)}
        onPick={({ dataIndex }) => {
          const indicator = district.indicators.find((one) => one.id === rows[dataIndex]?.id);
          if (indicator !== undefined) {
            explain(ofIndicator(district, indicator, index));
          }
        }}
      />
    </Section>
  );
}
