import { useEffect, useRef } from "preact/hooks";
import { useReading } from "../reading";

interface Props {
  years: number[];
  year: number;
  onChange: (year: number) => void;
}

/** One year of the district; arrow keys step through them. */
export function YearPicker({ years, year, onChange }: Props) {
  const { say } = useReading();
  const list = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const shown = list.current?.querySelector<HTMLElement>(".year-shown");
    if (list.current !== null && shown !== null && shown !== undefined) {
      // In a narrow window the list scrolls for itself.
      list.current.scrollLeft = shown.offsetLeft - (list.current.clientWidth - shown.offsetWidth) / 2;
    }
  }, [year]);
  return (
    <fieldset ref={list} class="years">
      <legend class="visually-hidden">{say("view_year")}</legend>
      {years.map((one) => (
        <label key={one} class={one === year ? "year year-shown" : "year"}>
          <input type="radio" name="year" checked={one === year} onChange={() => onChange(one)} />
          {one}
        </label>
      ))}
    </fieldset>
  );
}
