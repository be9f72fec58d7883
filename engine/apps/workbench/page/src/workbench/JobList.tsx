import { useEffect, useState } from "preact/hooks";
import type { Indicator, Job } from "../contract";
import { goTo } from "../parts/Navigation";
import { useReading } from "../reading";
import { api, messageOf } from "./api";
import type { JobRequest } from "./api";
import { JobForm } from "./JobForm";
import { JobLine } from "./JobLine";
import { Tool } from "./Tool";
import { useJobs } from "./use_jobs";

interface Props {
  session: string;
  indicators: Indicator[];
  onFinished: () => void;
  onCompare: (result: string) => Promise<void>;
}

/** Long work of the server: what runs, how far it is, and what came out. */
export function JobList({ session, indicators, onFinished, onCompare }: Props) {
  const { say } = useReading();
  const { jobs, failure, put } = useJobs(session);
  const [message, setMessage] = useState<string | null>(null);
  const finished = jobs.filter((job) => job.state === "done").length;
  useEffect(() => {
    if (finished > 0) {
      onFinished();
    }
  }, [finished]);
  const attempt = async (work: () => Promise<void>) => {
    setMessage(null);
    try {
      await work();
    } catch (error) {
      setMessage(messageOf(error));
    }
  };
  const start = (request: JobRequest) => attempt(async () => put(await api.startJob(session, request)));
  const cancel = (job: Job) => attempt(async () => put(await api.cancelJob(session, job.id)));
  const compare = (result: string) =>
    attempt(async () => {
      await onCompare(result);
      goTo("comparison");
    });
  const trouble = message ?? failure;
  return (
    <Tool title={say("view_jobs")}>
      <JobForm indicators={indicators} onStart={(request) => void start(request)} />
      {trouble !== null && (
        <p class="field-error" role="alert">
          {trouble}
        </p>
      )}
      <ul class="jobs">
        {jobs.map((job) => (
          <JobLine
            key={job.id}
            job={job}
            onCancel={() => void cancel(job)}
            onCompare={(result) => void compare(result)}
          />
        ))}
      </ul>
    </Tool>
  );
}
