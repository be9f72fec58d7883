import type { Comparison, Control, Edit, Job, Name, Problem, Pulse, View, YearDetail } from "../contract";

export interface Scenarios {
  scenarios: { file: string; id: string; name: Name }[];
  runs: { id: string; name: Name; made: string }[];
}

export interface Opened {
  session: string;
  view: View;
  controls: Control[];
  /** What a session has changed so far, when a page comes back to it. */
  edits?: Edit[];
}

export interface Saved {
  file: string;
  text: string;
}

export type DownloadKind = "xlsx" | "csv" | "html" | "yaml";

export interface JobRequest {
  kind: Job["kind"];
  objective?: string;
  /** Two or three goals instead of one objective. */
  pareto?: string[];
  draws?: number;
}

/** The server was reached and said no. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.message);
  }
}

/** The server was not reached, or what it said was no answer. */
export class Unreachable extends Error {}

const notFound = 404;

export function isLost(error: unknown): boolean {
  return error instanceof Refusal && error.status === notFound;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function token(): Record<string, string> {
  const content = document.querySelector<HTMLMetaElement>('meta[name="chainsim-token"]')?.content ?? "";
  return content === "" ? {} : { "X-Chainsim-Token": content };
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const problem = (await response.json()) as Partial<Problem>;
    return { message: problem.message ?? response.statusText, problems: problem.problems ?? [] };
  } catch {
    return { message: `${response.status} ${response.statusText}`, problems: [] };
  }
}

async function ask(method: string, path: string, body?: unknown): Promise<Response> {
  const isForm = body instanceof FormData;
  const headers = {
    ...token(),
    ...(body === undefined || isForm ? {} : { "Content-Type": "application/json" }),
  };
  const content = isForm ? body : body === undefined ? null : JSON.stringify(body);
  let response: Response;
  try {
    response = await fetch(`/api/${path}`, { method, headers, body: content });
  } catch (error) {
    throw new Unreachable(messageOf(error));
  }
  if (!response.ok) {
    throw new Refusal(response.status, await problemOf(response));
  }
  return response;
}

async function askJson<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await ask(method, path, body);
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    throw new Unreachable(messageOf(error));
  }
}

const at = (session: string) => `sessions/${encodeURIComponent(session)}`;

/** The server's side of the workbench, as the end of contract.ts has it. */
export const api = {
  words: () => askJson<Record<string, Name>>("GET", "words"),
  scenarios: () => askJson<Scenarios>("GET", "scenarios"),
  upload: (files: FormData) => askJson<Pick<Scenarios, "scenarios">>("POST", "districts", files),
  open: (scenario: string) => askJson<Opened>("POST", "sessions", { scenario }),
  reopen: (session: string) => askJson<Opened>("GET", at(session)),
  close: (session: string) => ask("DELETE", at(session)),
  edit: (session: string, seq: number, edits: Edit[]) =>
    askJson<Pulse>("POST", `${at(session)}/edits`, { seq, edits }),
  refresh: (session: string) => askJson<{ view: View }>("POST", `${at(session)}/refresh`),
  year: (session: string, year: number) => askJson<YearDetail>("GET", `${at(session)}/years/${year}`),
  save: (session: string, id: string, name: string, replace: boolean) =>
    askJson<Saved>("POST", `${at(session)}/save`, {
      id,
      ...(name === "" ? {} : { name }),
      ...(replace ? { replace } : {}),
    }),
  compare: (session: string, other: string) =>
    askJson<{ comparison: Comparison }>("POST", `${at(session)}/compare`, { with: other }),
  startJob: (session: string, request: JobRequest) => askJson<Job>("POST", `${at(session)}/jobs`, request),
  jobs: (session: string) => askJson<{ jobs: Job[] }>("GET", `${at(session)}/jobs`),
  cancelJob: (session: string, job: string) =>
    askJson<Job>("DELETE", `${at(session)}/jobs/${encodeURIComponent(job)}`),
  download: async (session: string, kind: DownloadKind) =>
    (await ask("GET", `${at(session)}/download/${kind}`)).blob(),
};

export type Api = typeof api;
