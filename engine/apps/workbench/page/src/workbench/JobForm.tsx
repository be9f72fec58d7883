import { useState } from "preact/hooks";
import type { Indicator } from "../contract";
import { Choice } from "../parts/Choice";
import { useReading } from "../reading";
import type { JobRequest } from "./api";

interface Props {
  indicators: Indicator[];
  onStart: (request: JobRequest) => void;
}

const netPresentValue = "npv";
const defaultDraws = 1000;

/** What to seek, or how often to draw. */
export function JobForm({ indicators, onStart }: Props) {
  const { say, name } = useReading();
  const [objective, setObjective] = useState(netPresentValue);
  const [isFront, setIsFront] = useState(false);
  const [second, setSecond] = useState(indicators.find((one) => one.key)?.id ?? netPresentValue);
  const [draws, setDraws] = useState(defaultDraws);
  const goals = [
    { value: netPresentValue, text: say("view_npv") },
    ...indicators.filter((one) => one.key).map((one) => ({ value: one.id, text: name(one.name) })),
  ];
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onStart(
            isFront ? { kind: "optimise", pareto: [objective, second] } : { kind: "optimise", objective },
          );
        }}
      >
        <Choice label={say("view_objective")} value={objective} options={goals} onChange={setObjective} />
        <label class="check">
          <input
            type="checkbox"
            checked={isFront}
            onChange={(event) => setIsFront(event.currentTarget.checked)}
          />
          {say("view_pareto")}
        </label>
        {isFront && (
          <Choice label={say("view_second_objective")} value={second} options={goals} onChange={setSecond} />
        )}
        <button type="submit">{say("view_optimise")}</button>
      </form>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onStart({ kind: "sample", draws });
        }}
      >
        <label>
          <span>{say("view_draws")}</span>
          <input
            type="number"
            min="2"
            max="100000"
            step="1"
            value={draws}
            onInput={(event) => setDraws(event.currentTarget.valueAsNumber)}
          />
        </label>
        <button type="submit">{say("view_sample")}</button>
      </form>
    </>
  );
}
