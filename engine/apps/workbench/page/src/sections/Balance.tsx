import { useCallback, useMemo, useState } from "preact/hooks";
import { Chart } from "../charts/Chart";
import { waterfallHeight, waterfallOption } from "../charts/waterfall";
import type { Step } from "../charts/waterfall";
import type { Part, YearDetail } from "../contract";
import { Choice } from "../parts/Choice";
import { PartTable } from "../parts/PartTable";
import { isNumber, partContent } from "../parts/part_content";
import { Section } from "../parts/Section";
import { useReading } from "../reading";
import type { Reading } from "../reading";

/** The rows of a part as steps of a waterfall: sum rows stand on the ground. */
function stepsOf(part: Part, column: number, reading: Reading): { steps: Step[]; unit: string } {
  const unit = part.rows.map((row) => row.cells[column]).find((cell) => isNumber(cell) && cell.v !== null);
  const { size, text } = reading.unit(isNumber(unit) ? unit.u : "1");
  const steps = part.rows.flatMap((row, index) => {
    const cell = row.cells[column];
    const first = row.cells[0];
    if (!isNumber(cell) || cell.v === null || first === undefined || isNumber(first)) {
      return [];
    }
    return [{ name: reading.name(first.t), value: cell.v / size, isTotal: index === 0 || row.sum === true }];
  });
  return { steps, unit: text };
}

function Bridge({ part }: { part: Part }) {
  const reading = useReading();
  const { say, name } = reading;
  const numeric = part.columns.flatMap((_, index) =>
    part.rows.some((row) => isNumber(row.cells[index])) ? [index] : [],
  );
  const [chosen, setChosen] = useState<number | null>(null);
  const column = chosen !== null && numeric.includes(chosen) ? chosen : (numeric[0] ?? 0);
  const { steps, unit } = useMemo(() => stepsOf(part, column, reading), [part, column, reading]);
  const draw = useCallback(
    (width: number) => waterfallOption(steps, unit, width, reading),
    [steps, unit, reading],
  );
  return (
    <article>
      <div class="filters">
        <h3>{name(part.title)}</h3>
        {numeric.length > 1 && (
          <Choice
            label={say("view_column")}
            value={`${column}`}
            onChange={(value) => setChosen(Number(value))}
            options={numeric.map((index) => ({
              value: `${index}`,
              text: name(part.columns[index]?.heading ?? part.title),
            }))}
          />
        )}
      </div>
      {steps.length > 1 && (
        <Chart
          label={say("view_bridge_label", name(part.title))}
          draw={draw}
          height={waterfallHeight(steps)}
          table={() => partContent(part, reading)}
        />
      )}
      <PartTable part={part} />
    </article>
  );
}

export function Balance({ detail }: { detail: YearDetail }) {
  const { say, name } = useReading();
  return (
    <Section id="balance" title={say("view_balance", detail.year)}>
      <h3>{name(detail.balance.title)}</h3>
      <PartTable part={detail.balance} />
      <Bridge part={detail.bridge} />
    </Section>
  );
}
