import { useEffect, useState } from "preact/hooks";
import type { Language, Name } from "../contract";
import { LanguageSwitch } from "../parts/LanguageSwitch";
import { useReading } from "../reading";
import { api, messageOf } from "./api";
import type { Opened, Scenarios } from "./api";
import { Banner } from "./Banner";
import { keep } from "./memory";
import { Upload } from "./Upload";

interface Props {
  onLanguage: (language: Language) => void;
  onOpened: (opened: Opened) => void;
  /** To a session that is open; absent without one. */
  onBack: (() => void) | undefined;
}

export function StartScreen({ onLanguage, onOpened, onBack }: Props) {
  const { say, name } = useReading();
  const [known, setKnown] = useState<Scenarios | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [opening, setOpening] = useState<string | null>(null);

  const load = () => {
    setFailure(null);
    api.scenarios().then(setKnown, (error: unknown) => setFailure(messageOf(error)));
  };
  useEffect(load, []);

  const open = async (file: string, scenarioName: Name) => {
    setFailure(null);
    setOpening(file);
    try {
      const opened = await api.open(file);
      keep(opened.session, { scenario: file, name: scenarioName, edits: [] });
      onOpened(opened);
    } catch (error) {
      setFailure(messageOf(error));
      setOpening(null);
    }
  };
  return (
    <>
      <header class="head">
        <div class="head-title">
          <p class="head-kind">{say("view_workbench")}</p>
          <h1>{say("view_choose_scenario")}</h1>
        </div>
        <div class="head-tools">
          <LanguageSwitch onChange={onLanguage} />
          {onBack !== undefined && (
            <button type="button" class="quiet" onClick={onBack}>
              {say("view_back")}
            </button>
          )}
        </div>
      </header>
      <main class="start" id="main">
        {failure !== null && <Banner message={failure} onRetry={load} />}
        <section aria-labelledby="start-scenarios">
          <h2 id="start-scenarios">{say("view_scenarios")}</h2>
          {known?.scenarios.length === 0 && <p class="nothing">{say("view_no_scenarios")}</p>}
          <ul class="scenarios">
            {known?.scenarios.map((scenario) => (
              <li key={scenario.file}>
                <button
                  type="button"
                  class="scenario"
                  disabled={opening !== null}
                  aria-busy={opening === scenario.file}
                  onClick={() => void open(scenario.file, scenario.name)}
                >
                  <strong>{name(scenario.name)}</strong>
                  <small>{scenario.file}</small>
                  {opening === scenario.file && <em>{say("view_opening")}</em>}
                </button>
              </li>
            ))}
          </ul>
        </section>
        <Upload onUploaded={(scenarios) => setKnown({ runs: known?.runs ?? [], scenarios })} />
      </main>
    </>
  );
}
