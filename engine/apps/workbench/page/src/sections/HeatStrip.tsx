import type { Policy } from "../contract";
import { verdictSign } from "../palette";
import { ofJudgement, useExplain } from "../parts/explanation";
import { verdictWord } from "../parts/codes";
import { useReading } from "../reading";

/** One cell a year, with the sign of its verdict. */
export function HeatStrip({ policy, years, year }: { policy: Policy; years: number[]; year: number }) {
  const { say, name } = useReading();
  const explain = useExplain();
  return (
    <span class="heat-strip">
      {years.map((one, index) => {
        const judgement = policy.years[index] ?? null;
        const verdict = judgement?.verdict ?? "not_applicable";
        const title = `${one}: ${judgement === null ? say("view_not_in_force") : say(verdictWord[verdict])}`;
        const kind = `heat heat-${verdict} ${one === year ? "heat-shown" : ""}`;
        if (judgement === null) {
          return <span key={one} class={kind} title={title} />;
        }
        return (
          <button
            key={one}
            type="button"
            class={kind}
            title={title}
            aria-label={`${name(policy.name)} ${title}`}
            onClick={() => explain(ofJudgement(policy, judgement, one))}
          >
            <span aria-hidden="true">{verdictSign[verdict]}</span>
          </button>
        );
      })}
    </span>
  );
}
