import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const call = promisify(execFile);

export const repository = resolve(__dirname, "../../..");
export const program = resolve(process.env.CHAINSIM ?? join(repository, "build/release/chainsim"));
export const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const pathway = "scenarios/hainan/pathway_2035.yaml";

const mostOutput = 256 * 1024 * 1024;
const missedPolicy = 1;

/** What the program prints. That a hard policy is missed is an answer, and no failure. */
export async function chainsim(folder: string, ...words: string[]): Promise<string> {
  try {
    const { stdout } = await call(program, words, { cwd: folder, maxBuffer: mostOutput });
    return stdout;
  } catch (error) {
    const { code, stdout } = error as { code?: unknown; stdout?: string };
    if (code === missedPolicy && stdout !== undefined) {
      return stdout;
    }
    throw error;
  }
}

export async function scratchFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "chainsim-browser-"));
}

/** The scenarios and models of the repository in a folder of their own, where they may be written to. */
export async function copiedDistricts(): Promise<string> {
  const folder = await scratchFolder();
  for (const part of ["scenarios", "models"]) {
    await cp(join(repository, part), join(folder, part), { recursive: true });
  }
  return folder;
}

export async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

export interface Server {
  url: string;
  /** Where it was started: its scenarios and runs are below it. */
  folder: string;
}

const patience = 20_000;

async function firstLine(server: ChildProcess): Promise<string> {
  if (server.stdout === null) {
    throw new Error("the server has no output");
  }
  const lines = createInterface({ input: server.stdout });
  const line = once(lines, "line", { signal: AbortSignal.timeout(patience) }).then(([text]) => String(text));
  const end = once(server, "exit").then(([code]) =>
    Promise.reject(new Error(`the server ended with ${code}`)),
  );
  return Promise.race([line, end]);
}

/** A workbench on a port of its own for as long as `use` takes, over a copy of the scenarios. */
export async function serve(use: (server: Server) => Promise<void>): Promise<void> {
  const folder = await copiedDistricts();
  const server = spawn(program, ["serve", pathway, "--port", "0"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(server, "exit");
  try {
    const url = await firstLine(server);
    await use({ url, folder });
    server.kill("SIGTERM");
    const [code] = await ended;
    if (code !== 0) {
      throw new Error(`the server ended with ${code}`);
    }
  } finally {
    server.kill("SIGKILL");
    await remove(folder);
  }
}
