import { useEffect, useRef, useState } from "preact/hooks";
import type { Value } from "./edits";

interface Props {
  id: string;
  value: string;
  isNumber: boolean;
  unit: string;
  "aria-invalid": boolean;
  "aria-describedby": string;
  onChange: (value: Value) => void;
}

const pauseMilliseconds = 350;

/** A field of text: handed on once the typing pauses, and kept as it was typed whatever the server says of it. */
export function TextInput({ value, isNumber, unit, onChange, ...marks }: Props) {
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const handedOn = useRef(value);
  useEffect(() => {
    // "3.0" stays as it was typed though the value is 3; a reset is taken over.
    if (value !== handedOn.current) {
      handedOn.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const handOn = (text: string) => {
    clearTimeout(timer.current);
    const number = Number(text);
    // Words in the place of a number go to the server too: it says best what is wrong with them.
    const handed = isNumber && text.trim() !== "" && !Number.isNaN(number) ? number : text;
    if (String(handed) !== value) {
      handedOn.current = String(handed);
      onChange(handed);
    }
  };
  return (
    <span class="text-field">
      <input
        {...marks}
        type="text"
        inputMode={isNumber ? "decimal" : "text"}
        spellcheck={false}
        value={typed}
        onInput={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => handOn(text), pauseMilliseconds);
        }}
        onChange={(event) => handOn(event.currentTarget.value)}
      />
      {unit !== "" && isNumber && <span class="unit">{unit}</span>}
    </span>
  );
}
