import { useId, useMemo } from "preact/hooks";
import type { Control } from "../contract";
import { useReading } from "../reading";
import type { Refused, Value } from "./edits";
import { ControlInput } from "./ControlInput";
import type { LiveSession } from "./session";

interface Props {
  control: Control;
  value: Value | null;
  refused: Refused | undefined;
  live: LiveSession;
}

/** A control with its label; what the server does not take is said right below it. */
export function ControlField({ control, value, refused, live }: Props) {
  const reading = useReading();
  const { say, name } = reading;
  const id = useId();
  const isChanged = value !== control.value;
  const draw = () => (
    <div class={isChanged ? "field field-changed" : "field"} data-control={control.id}>
      <label class="field-label" for={id} title={control.help}>
        {name(control.label)}
        <span class="visually-hidden"> {name(control.name)}</span>
      </label>
      <ControlInput
        id={id}
        control={control}
        value={value}
        isRefused={refused !== undefined}
        describedBy={`${id}-error`}
        onChange={(chosen) => live.set(control.id, chosen)}
      />
      {isChanged && (
        <button
          type="button"
          class="quiet field-reset"
          aria-label={say("view_reset_one", name(control.name), name(control.label))}
          title={say("view_reset")}
          onClick={() => live.reset(control.id)}
        >
          ↺
        </button>
      )}
      <div id={`${id}-error`} class="field-error" aria-live="polite">
        {refused?.problems.map((problem, index) => (
          <p key={index}>
            {problem.message}
            {problem.help !== "" && <small> {problem.help}</small>}
          </p>
        ))}
      </div>
    </div>
  );
  // Hundreds of fields stand beside the one that moves.
  return useMemo(draw, [control, value, refused, live, reading]);
}
