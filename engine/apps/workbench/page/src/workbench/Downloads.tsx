import { useState } from "preact/hooks";
import { useReading } from "../reading";
import { api, messageOf } from "./api";
import type { DownloadKind } from "./api";
import { Tool } from "./Tool";

const kinds: DownloadKind[] = ["xlsx", "csv", "html", "yaml"];
// A folder of tables comes as one archive.
const endings: Record<DownloadKind, string> = { xlsx: "xlsx", csv: "zip", html: "html", yaml: "yaml" };

/** Hands a file to the browser as if it had been linked: the request needs a header that no link can carry. */
function offer(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

export function Downloads({ session, name }: { session: string; name: string }) {
  const { say } = useReading();
  const [busy, setBusy] = useState<DownloadKind | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const download = async (kind: DownloadKind) => {
    setBusy(kind);
    setMessage(null);
    try {
      offer(await api.download(session, kind), `${name}.${endings[kind]}`);
    } catch (error) {
      setMessage(messageOf(error));
    } finally {
      setBusy(null);
    }
  };
  return (
    <Tool title={say("view_download")}>
      <div class="download-list">
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            disabled={busy !== null}
            aria-busy={busy === kind}
            onClick={() => void download(kind)}
          >
            {kind}
          </button>
        ))}
      </div>
      {message !== null && (
        <p class="field-error" role="alert">
          {message}
        </p>
      )}
    </Tool>
  );
}
