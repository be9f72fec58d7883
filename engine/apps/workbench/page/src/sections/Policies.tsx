import { useState } from "preact/hooks";
import type { Policy, Verdict } from "../contract";
import { Choice } from "../parts/Choice";
import { groupWord, verdictWord } from "../parts/codes";
import { ofJudgement } from "../parts/explanation";
import { NumberButton } from "../parts/NumberButton";
import { Section } from "../parts/Section";
import { Table } from "../parts/Table";
import { VerdictMark } from "../parts/VerdictMark";
import { wordCell } from "../parts/table";
import type { TableRow } from "../parts/table";
import { useReading } from "../reading";
import type { Reading } from "../reading";
import { HeatStrip } from "./HeatStrip";
import type { Shown } from "./shown";

const groups = Object.keys(groupWord) as Policy["group"][];
const verdicts: Verdict[] = ["missed", "undetermined", "met", "not_applicable"];
const all = "all";

function toRow(policy: Policy, shown: Shown, { say, name }: Reading): TableRow {
  const judgement = policy.years[shown.index] ?? null;
  const verdict = judgement?.verdict ?? "not_applicable";
  const explanation = judgement === null ? undefined : ofJudgement(policy, judgement, shown.year);
  const number = (value: number | null) => ({
    key: value,
    view: <NumberButton value={value} unit={policy.unit} explanation={explanation} />,
  });
  return {
    id: policy.id,
    cells: [
      wordCell(name(policy.name)),
      wordCell(say(groupWord[policy.group])),
      {
        key: verdicts.indexOf(verdict),
        view: <VerdictMark verdict={verdict} illustration={judgement?.illustration === true} />,
      },
      number(judgement?.value ?? null),
      number(judgement?.bound ?? null),
      number(judgement?.margin ?? null),
      wordCell(say(policy.hard ? "view_hard" : "view_soft")),
      {
        key: policy.years.filter((one) => one?.verdict === "missed").length,
        view: <HeatStrip policy={policy} years={shown.district.years} year={shown.year} />,
      },
      wordCell(policy.source),
    ],
  };
}

function yearsText({ district: { years } }: Shown, { say }: Reading): string {
  const [first = 0, ...rest] = years;
  const last = rest.at(-1);
  return last === undefined ? `${first}` : say("view_years_span", first, last);
}

export function Policies({ shown }: { shown: Shown }) {
  const reading = useReading();
  const { say } = reading;
  const [group, setGroup] = useState(all);
  const [verdict, setVerdict] = useState(all);
  const verdictOf = (policy: Policy) => policy.years[shown.index]?.verdict ?? "not_applicable";
  const policies = shown.district.policies.filter(
    (policy) =>
      (group === all || policy.group === group) && (verdict === all || verdictOf(policy) === verdict),
  );
  const present = groups.filter((one) => shown.district.policies.some((policy) => policy.group === one));
  const every = { value: all, text: say("view_all") };
  return (
    <Section id="policies" title={say("view_policies", shown.year)} lead={say("view_policies_lead")}>
      <div class="filters">
        <Choice
          label={say("view_group")}
          value={group}
          onChange={setGroup}
          options={[every, ...present.map((one) => ({ value: one, text: say(groupWord[one]) }))]}
        />
        <Choice
          label={say("view_verdict")}
          value={verdict}
          onChange={setVerdict}
          options={[every, ...verdicts.map((one) => ({ value: one, text: say(verdictWord[one]) }))]}
        />
        <output class="count">{say("view_rows", policies.length, shown.district.policies.length)}</output>
      </div>
      <Table
        caption={say("view_policies", shown.year)}
        isSortable
        isWide
        columns={[
          { id: "policy", heading: say("view_policy") },
          { id: "group", heading: say("view_group") },
          { id: "verdict", heading: say("view_verdict") },
          { id: "value", heading: say("view_value"), isNumeric: true },
          { id: "bound", heading: say("view_bound"), isNumeric: true },
          { id: "margin", heading: say("view_margin"), isNumeric: true },
          { id: "hard", heading: say("view_force") },
          {
            id: "years",
            heading: yearsText(shown, reading),
          },
          { id: "source", heading: say("view_source") },
        ]}
        rows={policies.map((policy) => toRow(policy, shown, reading))}
      />
    </Section>
  );
}
