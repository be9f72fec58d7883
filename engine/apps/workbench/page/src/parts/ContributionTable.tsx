import type { Contribution } from "../contract";
import { percentText, readerText } from "../number";
import { useReading } from "../reading";
import { ShareBar } from "./ShareBar";
import { Table } from "./Table";
import { wordCell } from "./table";

interface Props {
  contributions: Contribution[];
  /** What the contributions sum to. */
  total: number | null;
  unit: string;
}

/** Who brings how much of an indicator: the largest first, the sum last. */
export function ContributionTable({ contributions, total, unit }: Props) {
  const { say, name, unit: unitOf } = useReading();
  if (contributions.length === 0) {
    return null;
  }
  const { size, text } = unitOf(unit);
  const largest = Math.max(...contributions.map((one) => Math.abs(one.value)));
  const shareOf = (value: number) => (total === null || total === 0 ? null : value / total);
  const value = say("view_value");
  const rows = [...contributions]
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .map((one) => ({
      id: one.id,
      cells: [
        wordCell(name(one.name)),
        { key: one.value, view: readerText(one.value / size) },
        { key: shareOf(one.value), view: percentText(shareOf(one.value)) },
        {
          key: null,
          view: (
            <ShareBar share={largest === 0 ? 0 : Math.abs(one.value) / largest} isNegative={one.value < 0} />
          ),
        },
      ],
    }));
  const sum = contributions.reduce((all, one) => all + one.value, 0);
  return (
    <>
      <h3>{say("view_contributions")}</h3>
      <Table
        caption={say("view_contributions")}
        columns={[
          { id: "name", heading: say("view_by") },
          {
            id: "value",
            heading: text === "" ? value : say("view_heading_with_unit", value, text),
            isNumeric: true,
          },
          { id: "share", heading: say("view_share"), isNumeric: true },
          { id: "bar", heading: "" },
        ]}
        rows={[
          ...rows,
          {
            id: "sum",
            isSum: true,
            cells: [
              wordCell(say("view_sum")),
              { key: sum, view: readerText(sum / size) },
              { key: shareOf(sum), view: percentText(shareOf(sum)) },
              wordCell(""),
            ],
          },
        ]}
      />
    </>
  );
}
