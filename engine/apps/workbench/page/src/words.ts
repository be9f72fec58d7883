import type { Language, Name } from "./contract";

/** A key of the engine's catalogue: engine/chainsim/table/detail/screens.cpp. */
export type WordKey = `view_${string}`;
export type Words = Record<string, Name>;

/** Fills the places `{}` of a sentence in order. */
export function fill(sentence: string, values: readonly (string | number)[]): string {
  let next = 0;
  return sentence.replace(/\{\}/g, (place) => String(values[next++] ?? place));
}

export function nameIn(name: Name, language: Language): string {
  const other = language === "zh" ? name.en : name.zh;
  return name[language] === "" ? other : name[language];
}
