import { useEffect, useState } from "preact/hooks";
import type { Job } from "../contract";
import { api, messageOf } from "./api";

const pollMilliseconds = 500;

interface Jobs {
  jobs: Job[];
  failure: string | null;
  /** A job that was started or cancelled. */
  put: (job: Job) => void;
}

/** The jobs of a session; asked for again and again only while one runs. */
export function useJobs(session: string): Jobs {
  const [jobs, setJobs] = useState<Job[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const isRunning = jobs.some((job) => job.state === "running");

  useEffect(() => {
    let isCurrent = true;
    const load = async () => {
      try {
        const answer = await api.jobs(session);
        if (isCurrent) {
          setJobs(answer.jobs);
          setFailure(null);
        }
      } catch (error) {
        if (isCurrent) {
          setFailure(messageOf(error));
        }
      }
    };
    void load();
    const timer = isRunning ? setInterval(() => void load(), pollMilliseconds) : undefined;
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [session, isRunning]);

  const put = (job: Job) => setJobs((all) => [...all.filter((other) => other.id !== job.id), job]);
  return { jobs, failure, put };
}
