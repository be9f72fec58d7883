import { useCallback, useMemo, useState } from "preact/hooks";
import { Chart } from "../charts/Chart";
import { waterfallHeight, waterfallOption } from "../charts/waterfall";
import type { Step } from "../charts/waterfall";
import type { Comparison, Name, Waterfall } from "../contract";
import { readerText } from "../number";
import { Choice } from "../parts/Choice";
import { wordCell } from "../parts/table";
import type { TableContent } from "../parts/table";
import { useReading } from "../reading";
import type { Reading } from "../reading";

interface Props {
  pair: Comparison["pairs"][number];
  from: Name;
  to: Name;
}

const mostSteps = 16;

/** The largest steps in their order, and the sum of the others: a chart of more cannot be read. The table has all. */
function largestSteps(steps: Step[], { say }: Reading): Step[] {
  const changes = steps.filter((step) => !step.isTotal);
  const kept = new Set(
    [...changes].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, mostSteps - 1),
  );
  const others = changes.filter((step) => !kept.has(step));
  if (others.length < 2) {
    return steps;
  }
  const sum = others.reduce((all, step) => all + step.value, 0);
  return [
    ...steps.slice(0, 1),
    ...changes.filter((step) => kept.has(step)),
    { name: say("view_other_changes", others.length), value: sum, isTotal: false },
    ...steps.slice(-1),
  ];
}

/** From one district to the other, change by change: the steps sum to the whole. */
function stepsOf(waterfall: Waterfall, from: Name, to: Name, { say, name, unit }: Reading): Step[] {
  const { size } = unit(waterfall.unit);
  return [
    { name: name(from), value: waterfall.from / size, isTotal: true },
    ...waterfall.parts.map((part) => ({
      name: name(part.name),
      detail: name(part.detail),
      value: part.value / size,
      isTotal: false,
    })),
    ...(waterfall.unexplained === 0
      ? []
      : [{ name: say("view_unexplained"), value: waterfall.unexplained / size, isTotal: false }]),
    { name: name(to), value: waterfall.to / size, isTotal: true },
  ];
}

function stepTable(steps: Step[], unit: string, { say }: Reading): TableContent {
  const value = say("view_value");
  return {
    columns: [
      { id: "change", heading: say("view_change") },
      { id: "detail", heading: say("view_detail") },
      {
        id: "value",
        heading: unit === "" ? value : say("view_heading_with_unit", value, unit),
        isNumeric: true,
      },
    ],
    rows: steps.map((step, index) => ({
      id: `${index}`,
      isSum: step.isTotal,
      cells: [
        wordCell(step.name),
        wordCell(step.detail ?? ""),
        { key: step.value, view: readerText(step.value) },
      ],
    })),
  };
}

/** Why two districts differ in an indicator. */
export function Difference({ pair, from, to }: Props) {
  const reading = useReading();
  const { say, name, unit } = reading;
  const [chosen, setChosen] = useState<string | null>(null);
  const waterfall = pair.waterfalls.find((one) => one.indicator === chosen) ?? pair.waterfalls[0];
  const steps = useMemo(
    () => (waterfall === undefined ? [] : stepsOf(waterfall, from, to, reading)),
    [waterfall, from, to, reading],
  );
  const text = waterfall === undefined ? "" : unit(waterfall.unit).text;
  const drawn = useMemo(() => largestSteps(steps, reading), [steps, reading]);
  const draw = useCallback(
    (width: number) => waterfallOption(drawn, text, width, reading),
    [drawn, text, reading],
  );
  return (
    <article>
      <h3>{say("view_why_differ", name(from), name(to))}</h3>
      {waterfall !== undefined && (
        <>
          <Choice
            label={say("view_indicator")}
            value={waterfall.indicator}
            onChange={setChosen}
            options={pair.waterfalls.map((one) => ({ value: one.indicator, text: name(one.name) }))}
          />
          <Chart
            label={say("view_waterfall_label", name(waterfall.name), name(from), name(to))}
            draw={draw}
            height={waterfallHeight(drawn)}
            table={() => stepTable(steps, text, reading)}
          />
        </>
      )}
      {!pair.exact && <p class="note">{say("view_not_exact")}</p>}
      {pair.others.length > 0 && (
        <p class="note">
          {say("view_moves_nothing")}{" "}
          {pair.others.map((one) => `${name(one.name)} (${name(one.detail)})`).join("; ")}
        </p>
      )}
    </article>
  );
}
