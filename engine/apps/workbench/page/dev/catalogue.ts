import { readFileSync } from "node:fs";
import type { Words } from "../src/words";

const file = new URL("../../../../chainsim/table/detail/screens.cpp", import.meta.url);

/** A literal of C++ that may go on in a further one, as `"a" "b"`. */
const literal = /"((?:[^"\\]|\\.)*)"/g;

function joined(literals: string): string {
  return [...literals.matchAll(literal)].map(([, text]) => JSON.parse(`"${text}"`) as string).join("");
}

/** The words of the page, read from the source of the engine's catalogue. */
export function catalogue(): Words {
  const source = readFileSync(file, "utf8");
  const words: Words = {};
  const part = String.raw`((?:"(?:[^"\\]|\\.)*"\s*)+)`;
  const entry = new RegExp(String.raw`Entry\{\s*"(view_\w+)",\s*${part},\s*${part}\}`, "g");
  for (const [, key = "", zh = "", en = ""] of source.matchAll(entry)) {
    words[key] = { zh: joined(zh), en: joined(en) };
  }
  return words;
}
