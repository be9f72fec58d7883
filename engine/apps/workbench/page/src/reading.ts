import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language, Name, Units } from "./contract";
import { readerAmount, readerUnit, withUnit } from "./units";
import type { Amount, ReaderUnit } from "./units";
import { fill, nameIn } from "./words";
import type { WordKey, Words } from "./words";

/** Everything that turns data into what a reader of one language sees. */
export interface Reading {
  language: Language;
  say(key: WordKey, ...values: (string | number)[]): string;
  name(name: Name): string;
  unit(unit: string): ReaderUnit;
  amount(value: number | null, unit: string): Amount;
  /** The amount with its unit behind it. */
  text(value: number | null, unit: string): string;
}

export function makeReading(language: Language, words: Words, units: Units): Reading {
  return {
    language,
    say(key, ...values) {
      const word = words[key];
      return word === undefined ? key : fill(nameIn(word, language), values);
    },
    name: (name) => nameIn(name, language),
    unit: (unit) => readerUnit(units, language, unit),
    amount: (value, unit) => readerAmount(units, language, value, unit),
    text: (value, unit) => withUnit(readerAmount(units, language, value, unit)),
  };
}

export const ReadingContext = createContext<Reading>(makeReading("zh", {}, {}));

export function useReading(): Reading {
  return useContext(ReadingContext);
}
