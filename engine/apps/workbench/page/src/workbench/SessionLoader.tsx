import { useEffect, useState } from "preact/hooks";
import type { Language } from "../contract";
import { useReading } from "../reading";
import { api, isLost, messageOf } from "./api";
import type { Opened } from "./api";
import { Banner } from "./Banner";
import { LostSession } from "./LostSession";
import { kept } from "./memory";
import { SessionPage } from "./SessionPage";

interface Props {
  session: string;
  sessions: string[];
  /** Null after the page was loaded anew, or was at another session. */
  opened: Opened | null;
  language: Language;
  onLanguage: (language: Language) => void;
  onOpened: (opened: Opened, instead?: string) => void;
  /** Another session, or null for the start screen. */
  onShow: (session: string | null) => void;
  onClose: (session: string) => void;
}

/** Comes back to a session of which only the address is known. */
export function SessionLoader(props: Props) {
  const { session, opened } = props;
  const { say } = useReading();
  const [found, setFound] = useState<Opened | null>(opened);
  const [failure, setFailure] = useState<unknown>(null);
  const load = () => {
    setFailure(null);
    api
      .reopen(session)
      .then((one) => setFound({ ...one, edits: one.edits ?? kept(session)?.edits ?? [] }), setFailure);
  };
  useEffect(() => {
    if (found === null) {
      load();
    }
  }, []);
  if (failure !== null && isLost(failure)) {
    return (
      <LostSession
        session={session}
        onReopened={(one) => props.onOpened(one, session)}
        onLeave={() => props.onClose(session)}
      />
    );
  }
  if (failure !== null) {
    return <Banner message={say("view_unreachable", messageOf(failure))} onRetry={load} />;
  }
  if (found === null) {
    return (
      <p class="waiting" role="status">
        {say("view_opening")}
      </p>
    );
  }
  return <SessionPage {...props} opened={found} />;
}
