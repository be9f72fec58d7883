import type { Sample } from "../contract";
import { percentText } from "../number";
import { Table } from "../parts/Table";
import { wordCell } from "../parts/table";
import { useReading } from "../reading";

type Chance = Sample["chances"][number];

const width = 160;
const height = 14;

/** The chance as a point, its interval as a bar. */
function Interval({ chance }: { chance: Chance }) {
  return (
    <svg class="interval" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect class="interval-ground" x="0" y="4" width={width} height="6" />
      <rect
        class="interval-span"
        x={chance.low * width}
        y="4"
        width={Math.max(1, (chance.high - chance.low) * width)}
        height="6"
      />
      <line class="interval-point" x1={chance.met * width} x2={chance.met * width} y1="0" y2={height} />
    </svg>
  );
}

/** The chance to meet each policy in the year, or in all years if the year was not drawn. */
export function Chances({ chances, year }: { chances: Chance[]; year: number }) {
  const { say, name } = useReading();
  const inYear = chances.filter((one) => one.year === year);
  const rows = inYear.length > 0 ? inYear : chances;
  if (rows.length === 0) {
    return null;
  }
  return (
    <article>
      <h3>{say("view_chances")}</h3>
      <Table
        caption={say("view_chances")}
        isSortable
        columns={[
          { id: "policy", heading: say("view_policy") },
          { id: "year", heading: say("view_year"), isNumeric: true },
          { id: "met", heading: say("view_chance"), isNumeric: true },
          { id: "interval", heading: say("view_interval") },
          { id: "bar", heading: "0 – 100 %" },
        ]}
        rows={rows.map((one) => ({
          id: `${one.policy} ${one.year}`,
          cells: [
            wordCell(name(one.name)),
            { key: one.year, view: `${one.year}` },
            { key: one.met, view: percentText(one.met) },
            { key: one.low, view: say("view_from_to", percentText(one.low), percentText(one.high)) },
            { key: one.met, view: <Interval chance={one} /> },
          ],
        }))}
      />
    </article>
  );
}
