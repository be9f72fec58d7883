import type { Verdict } from "../contract";
import { verdictSign } from "../palette";
import { useReading } from "../reading";
import { verdictWord } from "./codes";

/** A verdict by sign, word and colour, so that none of them has to be seen. */
export function VerdictMark({ verdict, illustration = false }: { verdict: Verdict; illustration?: boolean }) {
  const { say } = useReading();
  return (
    <span class={`verdict verdict-${verdict}`}>
      <span aria-hidden="true" class="verdict-sign">
        {verdictSign[verdict]}
      </span>
      {say(verdictWord[verdict])}
      {illustration && <span class="badge">{say("view_illustration")}</span>}
    </span>
  );
}
