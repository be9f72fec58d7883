import { useState } from "preact/hooks";
import { useReading } from "../reading";
import { api, messageOf } from "./api";
import type { Opened } from "./api";
import { forget, keep, kept } from "./memory";

interface Props {
  session: string;
  onReopened: (opened: Opened) => void;
  onLeave: () => void;
}

/** The server has forgotten the session: it is opened anew, with what was changed as far as this tab knows it. */
export function LostSession({ session, onReopened, onLeave }: Props) {
  const { say } = useReading();
  const [message, setMessage] = useState<string | null>(null);
  const memory = kept(session);
  const reopen = async () => {
    if (memory === null) {
      return;
    }
    setMessage(null);
    try {
      const opened = await api.open(memory.scenario);
      forget(session);
      keep(opened.session, memory);
      onReopened({ ...opened, edits: memory.edits });
    } catch (error) {
      setMessage(messageOf(error));
    }
  };
  return (
    <main class="start" id="main">
      <div class="banner banner-bad" role="alert">
        <p>{say("view_session_lost")}</p>
        {memory !== null && (
          <button type="button" onClick={() => void reopen()}>
            {say("view_reopen", memory.edits.length)}
          </button>
        )}
        <button type="button" onClick={onLeave}>
          {say("view_leave")}
        </button>
        {message !== null && <p>{message}</p>}
      </div>
    </main>
  );
}
