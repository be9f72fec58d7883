import { useState } from "preact/hooks";
import { useReading } from "../reading";
import { api, messageOf, Refusal } from "./api";
import type { Scenarios } from "./api";

interface Props {
  onUploaded: (scenarios: Scenarios["scenarios"]) => void;
}

/** Hands a folder of a district to the server, file by file with their paths. */
export function Upload({ onUploaded }: Props) {
  const { say } = useReading();
  const [message, setMessage] = useState<string | null>(null);
  const [problems, setProblems] = useState<string[]>([]);
  const [isBusy, setIsBusy] = useState(false);

  const send = async (files: File[]) => {
    setIsBusy(true);
    setMessage(null);
    setProblems([]);
    const form = new FormData();
    for (const file of files) {
      form.append("files", file, file.webkitRelativePath || file.name);
    }
    try {
      const { scenarios } = await api.upload(form);
      onUploaded(scenarios);
      setMessage(say("view_uploaded", files.length));
    } catch (error) {
      setMessage(messageOf(error));
      const found = error instanceof Refusal ? error.problem.problems : [];
      setProblems(
        found.map((one) => `${one.field ?? ""}:${one.line}:${one.column} ${one.message} ${one.help}`),
      );
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <section aria-labelledby="start-upload">
      <h2 id="start-upload">{say("view_upload")}</h2>
      <label class="upload">
        <span>{say("view_upload_lead")}</span>
        <input
          type="file"
          multiple
          disabled={isBusy}
          // A folder, with all that is below it.
          ref={(input) => input?.setAttribute("webkitdirectory", "")}
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = "";
            if (files.length > 0) {
              void send(files);
            }
          }}
        />
      </label>
      {message !== null && (
        <p class="note" role="status">
          {message}
        </p>
      )}
      {problems.length > 0 && (
        <ul class="problems">
          {problems.map((problem, index) => (
            <li key={index}>{problem}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
