import type { Language } from "./contract";

/** What a cell is sorted by; null if it says nothing. */
export type SortKey = number | string | null;

export type Direction = "ascending" | "descending";

const collators: Record<Language, Intl.Collator> = {
  zh: new Intl.Collator("zh-Hans-CN", { numeric: true }),
  en: new Intl.Collator("en", { numeric: true }),
};

function isEmpty(key: SortKey): boolean {
  return key === null || key === "" || (typeof key === "number" && Number.isNaN(key));
}

/** Numbers stand before words. What says nothing is last in both directions. */
export function compareKeys(a: SortKey, b: SortKey, direction: Direction, language: Language): number {
  if (isEmpty(a) || isEmpty(b)) {
    return Number(isEmpty(a)) - Number(isEmpty(b));
  }
  const sign = direction === "ascending" ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") {
    return sign * (a - b);
  }
  if (typeof a === "number" || typeof b === "number") {
    return sign * (typeof a === "number" ? -1 : 1);
  }
  return sign * collators[language].compare(String(a), String(b));
}

/** A sorted copy; equals keep their order. */
export function sortedBy<Item>(
  items: readonly Item[],
  key: (item: Item) => SortKey,
  direction: Direction,
  language: Language,
): Item[] {
  return [...items].sort((a, b) => compareKeys(key(a), key(b), direction, language));
}
