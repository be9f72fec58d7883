import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";

interface Manifest {
  name?: string;
  version?: string;
  license?: string;
}

const licenceFile = /^(licen[cs]e|notice|copying)(\.(md|txt))?$/i;

/** The folder of the package that a module belongs to. */
function folderOf(module: string): string | null {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module.replace(/^\0/, ""))?.[1] ?? null;
}

function chapter(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const texts = readdirSync(folder)
    .filter((file) => licenceFile.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (texts.length === 0) {
    throw new Error(`${manifest.name} is bundled and has no licence text`);
  }
  return [`${manifest.name} ${manifest.version} (${manifest.license ?? "see below"})`, ...texts].join("\n\n");
}

/** Writes LICENSES.txt: the licence of every package of which a line is in the bundle. */
export function licences(): Plugin {
  return {
    name: "licences",
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const part of Object.values(bundle)) {
        const modules = part.type === "chunk" ? Object.entries(part.modules) : [];
        for (const [module, { renderedLength }] of modules) {
          const folder = renderedLength > 0 ? folderOf(module) : null;
          if (folder !== null) {
            folders.add(folder);
          }
        }
      }
      const rule = `\n\n${"=".repeat(80)}\n\n`;
      const source = [...folders]
        .sort((a, b) => basename(a).localeCompare(basename(b)))
        .map(chapter)
        .join(rule);
      this.emitFile({ type: "asset", fileName: "LICENSES.txt", source: `${source}\n` });
    },
  };
}
