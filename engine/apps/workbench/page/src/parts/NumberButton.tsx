import { useReading } from "../reading";
import { useExplain } from "./explanation";
import type { Explanation } from "./explanation";

interface Props {
  value: number | null;
  unit: string;
  /** How the number was made; without it the number is plain text. */
  explanation?: Explanation | undefined;
  /** The unit stands in the heading of the column. */
  hideUnit?: boolean;
}

/** A number of the engine in the reader's unit; a click tells where it comes from. */
export function NumberButton({ value, unit, explanation, hideUnit = false }: Props) {
  const { amount, name, text, say } = useReading();
  const explain = useExplain();
  const shown = amount(value, unit);
  const content = (
    <>
      {shown.number}
      {!hideUnit && shown.unit !== "" && value !== null && <span class="unit"> {shown.unit}</span>}
    </>
  );
  if (explanation === undefined) {
    return <span class={value === 0 ? "number number-zero" : "number"}>{content}</span>;
  }
  return (
    <button
      type="button"
      class="number"
      aria-haspopup="dialog"
      aria-label={say("view_explain_number", name(explanation.title), text(value, unit))}
      onClick={() => explain(explanation)}
    >
      {content}
    </button>
  );
}
