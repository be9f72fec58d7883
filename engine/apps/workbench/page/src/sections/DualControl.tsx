import { useCallback } from "preact/hooks";
import { Chart } from "../charts/Chart";
import { pathHeight, pathOption, pointsOf } from "../charts/path";
import type { Policy, Verdict } from "../contract";
import { ofJudgement, useExplain } from "../parts/explanation";
import { NumberButton } from "../parts/NumberButton";
import { Section } from "../parts/Section";
import { VerdictMark } from "../parts/VerdictMark";
import type { TableContent } from "../parts/table";
import { useReading } from "../reading";
import type { Reading } from "../reading";
import type { Shown } from "./shown";

const judgedVerdicts: Verdict[] = ["met", "missed", "undetermined"];

/** The policies of the dual control, of energy and of carbon. */
export function isOfDualControl(policy: Policy): boolean {
  return policy.group === "dual_control" || /co2|carbon/.test(policy.indicator);
}

function pathTable(policy: Policy, years: number[], { say, unit }: Reading): TableContent {
  const { text } = unit(policy.unit);
  const heading = (word: string) => (text === "" ? word : say("view_heading_with_unit", word, text));
  const rows = policy.years.flatMap((judgement, index) => {
    const year = years[index];
    if (judgement === null || year === undefined) {
      return [];
    }
    const explanation = ofJudgement(policy, judgement, year);
    const cell = (value: number | null) => ({
      key: value,
      view: <NumberButton value={value} unit={policy.unit} explanation={explanation} hideUnit />,
    });
    return [
      {
        id: `${year}`,
        cells: [
          { key: year, view: `${year}` },
          {
            key: judgement.verdict,
            view: <VerdictMark verdict={judgement.verdict} illustration={judgement.illustration} />,
          },
          cell(judgement.value),
          cell(judgement.bound),
          cell(judgement.margin),
        ],
      },
    ];
  });
  return {
    columns: [
      { id: "year", heading: say("view_year") },
      { id: "verdict", heading: say("view_verdict") },
      { id: "value", heading: heading(say("view_value")), isNumeric: true },
      { id: "bound", heading: heading(say("view_bound")), isNumeric: true },
      { id: "margin", heading: heading(say("view_margin")), isNumeric: true },
    ],
    rows,
  };
}

function Path({ policy, shown }: { policy: Policy; shown: Shown }) {
  const reading = useReading();
  const explain = useExplain();
  const { years } = shown.district;
  const { year, index } = shown;
  const draw = useCallback(() => pathOption(policy, years, year, reading), [policy, years, year, reading]);
  const judgement = policy.years[index] ?? null;
  return (
    <article class="path">
      <header class="path-head">
        <h3>{reading.name(policy.name)}</h3>
        {judgement !== null && (
          <VerdictMark verdict={judgement.verdict} illustration={judgement.illustration} />
        )}
        {judgement !== null && judgement.margin !== null && (
          <span class="path-margin">
            {reading.say("view_margin")}{" "}
            <NumberButton
              value={judgement.margin}
              unit={policy.unit}
              explanation={ofJudgement(policy, judgement, year)}
            />
          </span>
        )}
      </header>
      <Chart
        label={reading.say("view_path_label", reading.name(policy.name))}
        draw={draw}
        height={pathHeight}
        table={() => pathTable(policy, years, reading)}
        onPick={({ seriesId, dataIndex }) => {
          const picked = policy.years[dataIndex] ?? null;
          const pickedYear = years[dataIndex];
          if (seriesId === "verdicts" && picked !== null && pickedYear !== undefined) {
            explain(ofJudgement(policy, picked, pickedYear));
          }
        }}
      />
    </article>
  );
}

/** Policies of which there is no figure in any year, with what a verdict would need. */
function Open({ policies }: { policies: Policy[] }) {
  const { say, name } = useReading();
  return (
    <ul class="open-policies">
      {policies.map((policy) => {
        const missing = new Set(policy.years.flatMap((one) => one?.missing ?? []));
        const isInForce = policy.years.some((one) => one !== null);
        return (
          <li key={policy.id}>
            <span>{name(policy.name)}</span>
            <VerdictMark verdict={isInForce ? "undetermined" : "not_applicable"} />
            {missing.size > 0 && <small>{say("view_path_lacks", [...missing].join(", "))}</small>}
          </li>
        );
      })}
    </ul>
  );
}

export function DualControl({ shown }: { shown: Shown }) {
  const { say } = useReading();
  const policies = shown.district.policies.filter(isOfDualControl);
  const hasFigures = (policy: Policy) => pointsOf(policy, 1).length > 0;
  const open = policies.filter((policy) => !hasFigures(policy));
  return (
    <Section id="paths" title={say("view_paths")} lead={say("view_paths_lead")}>
      <p class="legend">
        <span class="key key-value">{say("view_value")}</span>
        <span class="key key-bound">{say("view_bound")}</span>
        <span class="key key-room">{say("view_room")}</span>
        <span class="key key-excess">{say("view_excess")}</span>
        {judgedVerdicts.map((verdict) => (
          <VerdictMark key={verdict} verdict={verdict} />
        ))}
      </p>
      <div class="paths">
        {policies.filter(hasFigures).map((policy) => (
          <Path key={policy.id} policy={policy} shown={shown} />
        ))}
      </div>
      {open.length > 0 && <Open policies={open} />}
    </Section>
  );
}
