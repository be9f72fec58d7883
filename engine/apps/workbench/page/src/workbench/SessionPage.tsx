import { useEffect, useMemo, useState } from "preact/hooks";
import type { Language } from "../contract";
import { Page } from "../Page";
import { api } from "./api";
import type { Opened } from "./api";
import { ControlPanel } from "./ControlPanel";
import { LostSession } from "./LostSession";
import { keep, kept } from "./memory";
import { LiveSession } from "./session";
import type { SessionState } from "./session";
import { SessionBar } from "./SessionBar";

interface Props {
  session: string;
  sessions: string[];
  opened: Opened;
  language: Language;
  onLanguage: (language: Language) => void;
  onOpened: (opened: Opened, instead?: string) => void;
  onShow: (session: string | null) => void;
  onClose: (session: string) => void;
}

/** A session: the page of its district, with what may be moved beside it. */
export function SessionPage({
  session,
  sessions,
  opened,
  language,
  onLanguage,
  onOpened,
  onShow,
  onClose,
}: Props) {
  const [state, setState] = useState<SessionState | null>(null);
  const live = useMemo(() => new LiveSession(api, opened, setState), [opened]);
  useEffect(() => {
    live.start();
    // What a lost session left behind was not sent to the new one yet.
    live.restore(opened.edits ?? []);
    return () => live.stop();
  }, [live]);
  const { view, controls, values, refused, year, trouble, isFollowing } = state ?? live.state;
  const [district] = view.districts;
  const edits = live.differences;
  useEffect(() => {
    const { id: scenario = "", name = { zh: "", en: "" } } = district ?? {};
    keep(session, { ...(kept(session) ?? { scenario, name }), edits });
  }, [session, values, refused]);
  if (trouble?.kind === "lost") {
    return (
      <LostSession
        session={session}
        onReopened={(one) => onOpened(one, session)}
        onLeave={() => onClose(session)}
      />
    );
  }
  return (
    <Page
      view={view}
      language={language}
      onLanguage={onLanguage}
      year={year}
      isFollowing={isFollowing}
      onYear={(chosen) => live.showYear(chosen)}
      panel={<ControlPanel controls={controls} values={values} refused={refused} live={live} />}
      bar={
        <SessionBar
          state={state ?? live.state}
          live={live}
          changes={edits.length}
          sessions={sessions}
          onShow={onShow}
          onClose={onClose}
        />
      }
    />
  );
}
