// A server without an engine, for the development of the workbench: npx vite-node dev/mock_server.ts -- [PORT]

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { Control, Edit, Job, Pulse, Verdict, View } from "../src/contract";
import { catalogue } from "./catalogue";
import { detail, view as fixture } from "./fixture";

const port = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 8099);
const built = (file: string) => readFileSync(new URL(`../dist/${file}`, import.meta.url));
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'";
const shell = `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="chainsim-token" content="secret"><title>chainsim</title><link rel="stylesheet" href="/page.css"></head><body><div id="app"></div><script src="/page.js" defer></script></body></html>`;

const whole = fixture();
const district = whole.districts[0]!;
const scenario = { file: "scenarios/fixture.yaml", id: "fixture", name: district.name };
const sessions = new Map<string, Edit[]>();
const jobs = new Map<string, Job & { polls: number }>();
const saved = new Set<string>();

function controls(): Control[] {
  const projects = district.projects.rows.flatMap((row): Control[] => {
    const first = row.cells[0]!;
    const name = "t" in first ? first.t : { zh: "", en: "" };
    const common = {
      kind: "project" as const,
      record: row.id,
      name,
      group: { zh: "industry", en: "industry" },
      help: "Whether it is built.",
    };
    return [
      {
        ...common,
        id: `project:${row.id}:built`,
        field: "built",
        label: { zh: "建设", en: "built" },
        type: "switch",
        unit: "",
        value: true,
      },
      {
        ...common,
        id: `project:${row.id}:start`,
        field: "start",
        label: { zh: "投产年", en: "start" },
        type: "year",
        unit: "",
        value: 2027,
        low: 2022,
        high: 2035,
        step: 1,
      },
    ];
  });
  const common = { field: "at_most", label: { zh: "限值", en: "at most" }, help: "The bound.", unit: "tce" };
  return [
    ...projects,
    {
      ...common,
      id: "policy:energy_cap:at_most",
      kind: "policy",
      record: "energy_cap",
      name: { zh: "能源消费总量控制", en: "cap on energy" },
      group: { zh: "dual_control", en: "dual_control" },
      type: "number",
      value: 5.2e6,
      low: 3e6,
      high: 8e6,
      step: 1e4,
    },
    {
      ...common,
      id: "policy:water:at_most",
      kind: "policy",
      record: "water",
      name: { zh: "黄河取水总量", en: "water" },
      group: { zh: "environment", en: "environment" },
      type: "text",
      value: "36 Mm3",
      unit: "",
    },
    {
      ...common,
      id: "facility:coke:capacity",
      kind: "facility",
      record: "coke",
      name: { zh: "焦炉", en: "ovens" },
      label: { zh: "产能", en: "capacity" },
      group: { zh: "coking", en: "coking" },
      type: "text",
      value: "300 kt/a",
      unit: "",
    },
    {
      ...common,
      id: "market:coke:price",
      kind: "price",
      record: "coke",
      name: { zh: "焦炭", en: "coke" },
      label: { zh: "价格", en: "price" },
      group: { zh: "", en: "" },
      type: "number",
      unit: "CNY/t",
      value: 1800,
      low: 900,
      high: 3600,
      step: 10,
    },
  ];
}

function moved(edits: Edit[]): View {
  const cap = edits.find((edit) => edit.control === "policy:energy_cap:at_most")?.value;
  const off = edits.filter((edit) => edit.value === false).length;
  const policies = district.policies.map((one) => ({
    ...one,
    years: one.years.map((judgement) => {
      if (judgement === null || judgement.value === null || one.id !== "energy_cap") {
        return judgement;
      }
      const value = judgement.value * (1 - 0.01 * off);
      const bound = typeof cap === "number" ? cap : (judgement.bound ?? 0);
      const verdict: Verdict = value <= bound ? "met" : "missed";
      return { ...judgement, value, bound, margin: bound - value, verdict };
    }),
  }));
  const verdict = policies[0]!.years[7]!.verdict;
  return {
    ...whole,
    live: { session: "s" },
    districts: [{ ...district, policies, verdict, details: [] }],
    comparison: null,
    fronts: [],
    samples: [],
  };
}

function pulse(seq: number, edits: Edit[]): Pulse {
  const one = moved(edits).districts[0]!;
  return {
    seq,
    milliseconds: 12.34,
    outcome: "solved",
    verdict: one.verdict,
    values: one.indicators.map((indicator) => indicator.values),
    judged: one.policies.map((each) =>
      each.years.map((j) => (j === null ? null : [j.verdict, j.value, j.bound, j.margin])),
    ),
    edits,
  };
}

interface Answer {
  status: number;
  body: unknown;
}
const ok = (body: unknown): Answer => ({ status: 200, body });
const no = (status: number, message: string, field?: string): Answer => ({
  status,
  body: {
    message,
    problems:
      field === undefined ? [] : [{ field, line: 1, column: 1, message, help: "write it as 300 kt/a" }],
  },
});

type Body = { seq?: number; edits?: Edit[]; id?: string; replace?: boolean; kind?: Job["kind"] };

function inSession(session: string, rest: string[], method: string, body: Body): Answer {
  const edits = sessions.get(session);
  const [what = "", which = ""] = rest;
  if (edits === undefined) {
    return no(404, `no session ${session}`);
  }
  switch (what) {
    case "":
      return ok({ session, view: moved(edits), controls: controls(), edits });
    case "edits": {
      const bad = body.edits?.find((edit) => typeof edit.value === "string" && !/^\d+ \w/.test(edit.value));
      if (bad !== undefined) {
        return no(422, `"${bad.value}" is no quantity`, bad.control);
      }
      sessions.set(session, body.edits ?? []);
      return ok(pulse(body.seq ?? 0, body.edits ?? []));
    }
    case "refresh":
      return ok({ view: moved(edits) });
    case "years":
      return ok(detail(Number(which), district.indicators));
    case "save":
      if (saved.has(body.id ?? "") && body.replace !== true) {
        return no(409, `scenarios/${body.id}.yaml is there already`);
      }
      saved.add(body.id ?? "");
      return ok({
        file: `scenarios/${body.id}.yaml`,
        text: `extends: fixture.yaml\n# ${edits.length} changes\n`,
      });
    case "download":
      return ok({});
    case "compare":
      return ok({ comparison: whole.comparison });
    case "jobs": {
      if (method === "POST") {
        const job = {
          id: `j${jobs.size + 1}`,
          kind: body.kind ?? "sample",
          state: "running" as const,
          step: { zh: "求解", en: "solving" },
          share: 0,
          value: null,
          polls: 0,
        };
        jobs.set(job.id, job);
        return ok(job);
      }
      if (method === "DELETE") {
        const job = { ...jobs.get(which)!, state: "cancelled" as const };
        jobs.set(which, job);
        return ok(job);
      }
      for (const [id, job] of jobs) {
        if (job.state === "running") {
          const polls = job.polls + 1;
          jobs.set(
            id,
            polls > 6
              ? { ...job, polls, share: 1, state: "done", result: `run_${id}` }
              : { ...job, polls, share: polls / 7 },
          );
        }
      }
      return ok({ jobs: [...jobs.values()] });
    }
    default:
      return no(404, what);
  }
}

function answer(method: string, path: string[], body: Body): Answer {
  const [what = "", session, ...rest] = path;
  if (what === "words") {
    return ok(catalogue());
  }
  if (what === "scenarios") {
    return ok({
      scenarios: [scenario],
      runs: [{ id: "run_1", name: { zh: "以化为主", en: "chemicals first" }, made: "2026-01-02" }],
    });
  }
  if (what === "districts") {
    return ok({ scenarios: [scenario] });
  }
  if (what === "sessions" && session === undefined) {
    const id = `s${sessions.size + 1}`;
    sessions.set(id, []);
    return ok({ session: id, view: moved([]), controls: controls(), edits: [] });
  }
  return what === "sessions" && session !== undefined
    ? inSession(session, rest, method, body)
    : no(404, what);
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString()) as Body;
  } catch {
    return {};
  }
}

createServer((request, response) => {
  void (async () => {
    const url = request.url ?? "/";
    response.setHeader("Content-Security-Policy", policy);
    if (url === "/page.js" || url === "/page.css") {
      response.setHeader("Content-Type", url.endsWith("js") ? "text/javascript" : "text/css");
      response.end(built(url.slice(1)));
    } else if (url.startsWith("/api/")) {
      const { status, body } = answer(
        request.method ?? "GET",
        url.slice("/api/".length).split("/"),
        await bodyOf(request),
      );
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(JSON.stringify(body));
    } else {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(shell);
    }
  })();
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}`));
