import { useId, useState } from "preact/hooks";
import type { Diagnostic } from "../contract";
import { useReading } from "../reading";
import { api, messageOf, Refusal } from "./api";
import type { Saved } from "./api";
import { Tool } from "./Tool";

const conflict = 409;

/** Saves the differences as a scenario file, and shows what it holds. */
export function SaveForm({ session }: { session: string }) {
  const { say } = useReading();
  const fieldId = useId();
  const [id, setId] = useState("");
  const [name, setName] = useState("");
  const [saved, setSaved] = useState<Saved | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [problems, setProblems] = useState<Diagnostic[]>([]);
  const [isThere, setIsThere] = useState(false);

  const save = async (replace: boolean) => {
    setMessage(null);
    setProblems([]);
    setIsThere(false);
    setSaved(null);
    try {
      setSaved(await api.save(session, id.trim(), name.trim(), replace));
    } catch (error) {
      setMessage(messageOf(error));
      setIsThere(error instanceof Refusal && error.status === conflict);
      setProblems(error instanceof Refusal ? error.problem.problems : []);
    }
  };
  return (
    <Tool title={say("view_save")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save(false);
        }}
      >
        <label>
          <span>{say("view_save_id")}</span>
          <input
            required
            value={id}
            spellcheck={false}
            aria-invalid={message !== null}
            aria-describedby={`${fieldId}-message`}
            onInput={(event) => setId(event.currentTarget.value)}
          />
        </label>
        <label>
          <span>{say("view_save_name")}</span>
          <input value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <button type="submit">{say("view_save")}</button>
      </form>
      <div id={`${fieldId}-message`} role="status">
        {message !== null && <p class="field-error">{message}</p>}
        {problems.map((problem, index) => (
          <p key={index} class="field-error">
            {problem.message} {problem.help}
          </p>
        ))}
        {isThere && (
          <button type="button" onClick={() => void save(true)}>
            {say("view_replace")}
          </button>
        )}
        {saved !== null && (
          <>
            <p>{say("view_saved", saved.file)}</p>
            <pre class="yaml" tabIndex={0}>
              {saved.text}
            </pre>
          </>
        )}
      </div>
    </Tool>
  );
}
