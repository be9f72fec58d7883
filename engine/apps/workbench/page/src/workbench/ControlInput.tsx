import { useReading } from "../reading";
import type { Control } from "../contract";
import type { Value } from "./edits";
import { TextInput } from "./TextInput";

interface Props {
  id: string;
  control: Control;
  value: Value | null;
  isRefused: boolean;
  describedBy: string;
  onChange: (value: Value) => void;
}

/** A switch, a slider, or a field of text, as the control has it. */
export function ControlInput({ id, control, value, isRefused, describedBy, onChange }: Props) {
  const { text } = useReading();
  const { type, low, high, step, unit } = control;
  const marks = { id, "aria-invalid": isRefused, "aria-describedby": describedBy };
  if (type === "switch") {
    return (
      <input
        {...marks}
        type="checkbox"
        role="switch"
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (low !== undefined && high !== undefined && type !== "text") {
    const shown = typeof value === "number" ? value : null;
    const words = type === "year" ? `${shown ?? "-"}` : text(shown, unit);
    return (
      <span class="slider">
        <input
          {...marks}
          type="range"
          min={low}
          max={high}
          step={step ?? (type === "year" ? 1 : "any")}
          value={shown ?? low}
          aria-valuetext={words}
          onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
        />
        <output for={id}>{words}</output>
      </span>
    );
  }
  return (
    <TextInput
      {...marks}
      value={value === null ? "" : String(value)}
      isNumber={type !== "text"}
      unit={unit}
      onChange={onChange}
    />
  );
}
