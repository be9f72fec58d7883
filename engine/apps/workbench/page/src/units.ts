import type { Language, Units } from "./contract";
import { readerText } from "./number";

/** A unit as a reader sees it: an amount of the engine is divided by `size`. */
export interface ReaderUnit {
  size: number;
  text: string;
}

export interface Amount {
  number: string;
  unit: string;
}

export function readerUnit(units: Units, language: Language, unit: string): ReaderUnit {
  const plain = unit === "1" ? "" : unit;
  return units[unit]?.[language] ?? { size: 1, text: plain };
}

export function readerAmount(units: Units, language: Language, value: number | null, unit: string): Amount {
  const { size, text } = readerUnit(units, language, unit);
  return { number: readerText(value === null ? null : value / size), unit: text };
}

export function withUnit({ number, unit }: Amount): string {
  return unit === "" || number === "-" ? number : `${number} ${unit}`;
}
