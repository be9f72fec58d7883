import { useState } from "preact/hooks";
import { readerText } from "../number";
import { useReading } from "../reading";
import { Banner } from "./Banner";
import { CompareForm } from "./CompareForm";
import { Downloads } from "./Downloads";
import { JobList } from "./JobList";
import { SaveForm } from "./SaveForm";
import type { LiveSession, SessionState } from "./session";
import { SessionTabs } from "./SessionTabs";

interface Props {
  state: SessionState;
  live: LiveSession;
  changes: number;
  sessions: string[];
  onShow: (session: string | null) => void;
  onClose: (session: string) => void;
}

/** How the session stands, and what can be done with it. */
export function SessionBar({ state, live, changes, sessions, onShow, onClose }: Props) {
  const { say } = useReading();
  const [finishedJobs, setFinishedJobs] = useState(0);
  const { session, milliseconds, isFollowing, trouble, comparedWith } = state;
  return (
    <section class="bar" aria-label={say("view_session")}>
      <SessionTabs sessions={sessions} current={session} onShow={onShow} onClose={onClose} />
      <p class="bar-state" role="status">
        <span data-testid="changes">{say("view_changes", changes)}</span>
        {milliseconds !== null && (
          <span data-testid="milliseconds">{say("view_milliseconds", readerText(milliseconds))}</span>
        )}
        {isFollowing && <span>{say("view_following")}</span>}
      </p>
      {trouble !== null && trouble.kind !== "lost" && (
        <Banner
          message={
            trouble.kind === "unreachable" ? say("view_unreachable", trouble.message) : trouble.message
          }
          onRetry={() => live.retry()}
        />
      )}
      <div class="tools">
        <SaveForm session={session} />
        <CompareForm live={live} comparedWith={comparedWith} current={session} finishedJobs={finishedJobs} />
        <JobList
          session={session}
          indicators={state.view.districts[0]?.indicators ?? []}
          onFinished={() => {
            setFinishedJobs((count) => count + 1);
            live.reload();
          }}
          onCompare={(result) => live.compare(result)}
        />
        <Downloads session={session} name={state.view.districts[0]?.id ?? session} />
      </div>
    </section>
  );
}
