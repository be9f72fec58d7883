import type { Name, WordCell } from "../contract";
import { verdictSign } from "../palette";
import { useReading } from "../reading";
import { isVerdict } from "./codes";
import { ofTrace, useExplain } from "./explanation";

const colourSign: Record<string, string> = { green: "●", orange: "◆", red: "▲" };

function signOf(id: string | undefined): string | undefined {
  return isVerdict(id) ? verdictSign[id] : colourSign[id ?? ""];
}

/** Words of a form: a verdict or a warning colour gets its sign, and what has a trace can be asked for it. */
export function TracedWord({ cell, title }: { cell: WordCell; title: Name }) {
  const { name } = useReading();
  const explain = useExplain();
  const { trace } = cell;
  const sign = signOf(cell.id);
  const content = (
    <>
      {sign !== undefined && (
        <span aria-hidden="true" class="verdict-sign">
          {sign}
        </span>
      )}
      {name(cell.t)}
    </>
  );
  const kind = sign === undefined ? "" : `verdict verdict-${cell.id}`;
  if (trace === undefined) {
    return <span class={kind}>{content}</span>;
  }
  return (
    <button
      type="button"
      class={`number ${kind}`}
      aria-haspopup="dialog"
      onClick={() => explain(ofTrace(title, null, "", trace))}
    >
      {content}
    </button>
  );
}
