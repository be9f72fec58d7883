import { useEffect, useRef } from "preact/hooks";
import { exactText } from "../number";
import { useReading } from "../reading";
import { basisWord, confidenceText } from "./codes";
import { ContributionTable } from "./ContributionTable";
import { ExplainedJudgement } from "./ExplainedJudgement";
import type { Explanation } from "./explanation";
import { InputTable } from "./InputTable";
import { ShareList } from "./ShareList";

interface Props {
  explanation: Explanation | null;
  onClose: () => void;
}

/** Says of a number what it is exactly, by which formula and from which inputs it was made, and what it rests on. */
export function ExplainDialog({ explanation, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (explanation !== null && dialog.current?.open === false) {
      dialog.current.showModal();
    }
  }, [explanation]);
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      class="explain"
      aria-labelledby="explain-title"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) {
          close();
        }
      }}
    >
      {explanation !== null && <Explained explanation={explanation} onClose={close} />}
    </dialog>
  );
}

function Explained({ explanation, onClose }: { explanation: Explanation; onClose: () => void }) {
  const { say, name, text } = useReading();
  const { value, unit, year, basis, formula, source, confidence, missing, judgement } = explanation;
  const hasValue = value !== null || judgement === undefined;
  const exact = `${exactText(value)}${unit === "1" || value === null ? "" : ` ${unit}`}`;
  return (
    <div class="explain-body">
      <header class="explain-head">
        <h2 id="explain-title">
          {name(explanation.title)}
          {year !== undefined && <small> {year}</small>}
        </h2>
        <button type="button" class="quiet" onClick={onClose}>
          {say("view_close")}
        </button>
      </header>
      {hasValue && (value !== null || unit !== "") && (
        <p class="explain-value">
          <strong data-testid="explain-value">{text(value, unit)}</strong>
          <span class="exact">{say("view_exact_value", exact)}</span>
        </p>
      )}
      {judgement !== undefined && <ExplainedJudgement judgement={judgement} unit={unit} />}
      <dl class="facts">
        {formula !== undefined && formula !== "" && (
          <>
            <dt>{say("view_formula")}</dt>
            <dd>
              <code data-testid="explain-formula">{formula}</code>
            </dd>
          </>
        )}
        {source !== undefined && source !== "" && (
          <>
            <dt>{say("view_source")}</dt>
            <dd data-testid="explain-source">{source}</dd>
          </>
        )}
        {confidence !== undefined && confidence !== "" && (
          <>
            <dt>{say("view_confidence_of_bound")}</dt>
            <dd>{confidenceText(confidence, say)}</dd>
          </>
        )}
        {basis !== undefined && (
          <>
            <dt>{say("view_basis")}</dt>
            <dd>{say(basisWord[basis])}</dd>
          </>
        )}
        {missing !== undefined && missing.length > 0 && (
          <>
            <dt>{say("view_missing")}</dt>
            <dd>{missing.join(", ")}</dd>
          </>
        )}
      </dl>
      <InputTable inputs={explanation.inputs ?? []} />
      {explanation.isOfOtherYear === true && year !== undefined && (
        <p class="note">{say("view_contributions_of_year", year)}</p>
      )}
      <ContributionTable contributions={explanation.contributions ?? []} total={value} unit={unit} />
      {explanation.shares !== undefined && explanation.shares !== null && (
        <ShareList shares={explanation.shares} />
      )}
    </div>
  );
}
