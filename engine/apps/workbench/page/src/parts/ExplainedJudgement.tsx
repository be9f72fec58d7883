import type { Judgement } from "../contract";
import { exactText } from "../number";
import { useReading } from "../reading";
import { VerdictMark } from "./VerdictMark";

/** Verdict, bound and room left of a policy. */
export function ExplainedJudgement({ judgement, unit }: { judgement: Judgement; unit: string }) {
  const { say, text } = useReading();
  const { verdict, illustration, bound, margin, range } = judgement;
  return (
    <dl class="facts">
      <dt>{say("view_verdict")}</dt>
      <dd>
        <VerdictMark verdict={verdict} illustration={illustration} />
      </dd>
      <dt>{say("view_bound")}</dt>
      <dd title={exactText(bound)}>{text(bound, unit)}</dd>
      <dt>{say("view_margin")}</dt>
      <dd title={exactText(margin)}>{text(margin, unit)}</dd>
      {range !== undefined && (
        <>
          <dt>{say("view_range")}</dt>
          <dd>{say("view_from_to", text(range[0], unit), text(range[1], unit))}</dd>
        </>
      )}
      {Object.entries(judgement.remarks ?? {}).map(([id, remark]) => (
        <RemarkLine key={id} id={id} value={text(remark.value, remark.unit)} />
      ))}
    </dl>
  );
}

function RemarkLine({ id, value }: { id: string; value: string }) {
  return (
    <>
      <dt>
        <code>{id}</code>
      </dt>
      <dd>{value}</dd>
    </>
  );
}
