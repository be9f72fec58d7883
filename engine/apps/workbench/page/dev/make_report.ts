// Writes a report of invented data, as the engine would: npx vite-node dev/make_report.ts -- OUTPUT.html [VIEW.json]

import { readFileSync, writeFileSync } from "node:fs";
import type { View } from "../src/contract";
import { catalogue } from "./catalogue";
import { view } from "./fixture";

const [output = "fixture.html", given] = process.argv.slice(2).filter((argument) => argument !== "--");
const built = (file: string) => readFileSync(new URL(`../dist/${file}`, import.meta.url), "utf8");
const shown = given === undefined ? view() : (JSON.parse(readFileSync(given, "utf8")) as View);
// An engine that does not know the newest words yet.
const data = JSON.stringify({ ...shown, words: { ...shown.words, ...catalogue() } });
// No data may end the element that holds it.
const safe = data.replace(/</g, "\\u003c");

writeFileSync(
  output,
  `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>chainsim</title><style>${built("page.css")}</style></head><body><div id="app"></div><script type="application/json" id="view">${safe}</script><script>${built("page.js")}</script></body></html>`,
);
