import type { Job } from "../contract";
import { percentText, readerText } from "../number";
import { useReading } from "../reading";
import type { WordKey } from "../words";

interface Props {
  job: Job;
  onCancel: () => void;
  onCompare: (result: string) => void;
}

const stateWord: Record<Job["state"], WordKey> = {
  running: "view_job_running",
  done: "view_job_done",
  failed: "view_job_failed",
  cancelled: "view_job_cancelled",
};

const kindWord: Record<Job["kind"], WordKey> = { optimise: "view_optimise", sample: "view_sample" };

export function JobLine({ job, onCancel, onCompare }: Props) {
  const { say, name } = useReading();
  const title = `${say(kindWord[job.kind])} ${job.id}`;
  const { result } = job;
  return (
    <li class="job">
      <p>
        <strong>{title}</strong> {say(stateWord[job.state])} <span>{name(job.step)}</span>
        {job.value !== null && <span class="number"> {readerText(job.value)}</span>}
      </p>
      {job.state === "running" && (
        <p class="job-progress">
          <progress aria-label={title} max={1} {...(job.share === null ? {} : { value: job.share })} />
          <span class="number">{percentText(job.share)}</span>
          <button type="button" onClick={onCancel}>
            {say("view_cancel")}
          </button>
        </p>
      )}
      {job.message !== undefined && <p class="note">{job.message}</p>}
      {result !== undefined && (
        <button type="button" onClick={() => onCompare(result)}>
          {say("view_compare_result", result)}
        </button>
      )}
    </li>
  );
}
