import { useReading } from "../reading";
import { kept } from "./memory";

interface Props {
  sessions: string[];
  current: string;
  onShow: (session: string | null) => void;
  onClose: (session: string) => void;
}

/** The scenarios that are open in this page. */
export function SessionTabs({ sessions, current, onShow, onClose }: Props) {
  const { say, name } = useReading();
  const nameOf = (session: string) => {
    const known = kept(session)?.name;
    return known === undefined ? session : name(known);
  };
  return (
    <div class="tabs" role="group" aria-label={say("view_open_scenarios")}>
      {sessions.map((session) => (
        <button
          key={session}
          type="button"
          aria-pressed={session === current}
          onClick={() => onShow(session)}
        >
          {nameOf(session)}
        </button>
      ))}
      <button type="button" onClick={() => onShow(null)}>
        {say("view_open_another")}
      </button>
      <button type="button" onClick={() => onClose(current)}>
        {say("view_close_scenario")}
      </button>
    </div>
  );
}
