import { useEffect, useState } from "preact/hooks";
import { goTo } from "../parts/Navigation";
import { useReading } from "../reading";
import { api, messageOf } from "./api";
import type { Scenarios } from "./api";
import type { LiveSession } from "./session";
import { Tool } from "./Tool";

interface Props {
  live: LiveSession;
  comparedWith: string | null;
  current: string;
  /** The list is asked for anew when a job has left a run. */
  finishedJobs: number;
}

const none = "";

/** Sets the district beside a saved run or another scenario. */
export function CompareForm({ live, comparedWith, current, finishedJobs }: Props) {
  const { say, name } = useReading();
  const [known, setKnown] = useState<Scenarios>({ scenarios: [], runs: [] });
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => {
    api.scenarios().then(setKnown, (error: unknown) => setMessage(messageOf(error)));
  }, [current, finishedJobs]);
  const compare = async (other: string) => {
    setMessage(null);
    setIsBusy(true);
    try {
      await live.compare(other === none ? null : other);
      if (other !== none) {
        goTo("comparison");
      }
    } catch (error) {
      setMessage(messageOf(error));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Tool title={say("view_compare")}>
      <label>
        <span>{say("view_compare_with")}</span>
        <select
          value={comparedWith ?? none}
          disabled={isBusy}
          onChange={(event) => void compare(event.currentTarget.value)}
        >
          <option value={none}>{say("view_nothing_chosen")}</option>
          <optgroup label={say("view_runs")}>
            {known.runs.map((run) => (
              <option key={run.id} value={run.id}>
                {name(run.name)} · {run.made}
              </option>
            ))}
          </optgroup>
          <optgroup label={say("view_scenarios")}>
            {known.scenarios.map((scenario) => (
              <option key={scenario.file} value={scenario.file}>
                {name(scenario.name)}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      {message !== null && (
        <p class="field-error" role="alert">
          {message}
        </p>
      )}
    </Tool>
  );
}
