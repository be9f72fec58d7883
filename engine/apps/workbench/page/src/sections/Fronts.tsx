import { useCallback, useState } from "preact/hooks";
import { Chart } from "../charts/Chart";
import { frontHeight, frontOption } from "../charts/front";
import type { Front } from "../contract";
import { NumberButton } from "../parts/NumberButton";
import { Section } from "../parts/Section";
import type { TableContent } from "../parts/table";
import { wordCell } from "../parts/table";
import { useReading } from "../reading";
import type { Reading } from "../reading";

function frontTable(front: Front, { say, name, unit }: Reading): TableContent {
  return {
    columns: [
      { id: "plan", heading: say("view_plan") },
      ...front.goals.map((goal) => {
        const { text } = unit(goal.unit);
        const heading = name(goal.name);
        return {
          id: goal.id,
          heading: text === "" ? heading : say("view_heading_with_unit", heading, text),
          isNumeric: true,
        };
      }),
      { id: "projects", heading: say("view_projects") },
    ],
    rows: front.points.map((point, index) => ({
      id: point.id,
      cells: [
        { key: index + 1, view: `${index + 1}` },
        ...front.goals.map((goal, at) => ({
          key: point.values[at] ?? null,
          view: <NumberButton value={point.values[at] ?? null} unit={goal.unit} hideUnit />,
        })),
        wordCell(point.projects.map(name).join(", ")),
      ],
    })),
  };
}

function FrontChart({ front }: { front: Front }) {
  const reading = useReading();
  const { say, name } = reading;
  const [picked, setPicked] = useState<number | null>(null);
  const draw = useCallback(() => frontOption(front, reading), [front, reading]);
  const point = picked === null ? undefined : front.points[picked];
  const goals = front.goals.map((goal) => name(goal.name)).join(" / ");
  const third = front.goals[2];
  return (
    <article>
      <h3>{goals}</h3>
      {third !== undefined && <p class="note">{say("view_third_by_size", name(third.name))}</p>}
      <Chart
        label={say("view_front_label", goals, front.points.length)}
        draw={draw}
        height={frontHeight}
        table={() => frontTable(front, reading)}
        onPick={({ seriesId, dataIndex }) => {
          if (seriesId === "points") {
            setPicked(dataIndex);
          }
        }}
      />
      {point !== undefined && picked !== null && (
        <p class="note" aria-live="polite">
          {say("view_plan_holds", picked + 1)} {point.projects.map(name).join(", ")}
        </p>
      )}
    </article>
  );
}

/** Plans of which none is better by all goals. */
export function Fronts({ fronts }: { fronts: Front[] }) {
  const { say } = useReading();
  return (
    <Section
      id="fronts"
      title={say("view_fronts")}
      {...(fronts.length > 0 ? { lead: say("view_fronts_lead") } : {})}
    >
      {fronts.length === 0 && <p class="nothing">{say("view_no_fronts")}</p>}
      {fronts.map((front, index) => (
        <FrontChart key={index} front={front} />
      ))}
    </Section>
  );
}
