import type { Shares } from "../contract";
import { percentText } from "../number";
import { useReading } from "../reading";
import { confidenceWords } from "./codes";
import { ShareBar } from "./ShareBar";

/** How much of a value rests on figures of each confidence. */
export function ShareList({ shares }: { shares: Shares }) {
  const { say } = useReading();
  return (
    <>
      <h3>{say("view_confidence")}</h3>
      <ul class="share-list">
        {confidenceWords.map((word, index) => (
          <li key={word}>
            <span>{say(word)}</span>
            <ShareBar share={shares[index] ?? 0} />
            <span class="number">{percentText(shares[index] ?? null)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
