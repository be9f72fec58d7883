import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue } from "../dev/catalogue";
import { fill, nameIn } from "./words";

const folder = new URL(".", import.meta.url).pathname;

function usedKeys(): Set<string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const keys = new Set<string>();
  for (const file of files.filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".test.ts"))) {
    for (const [, key = ""] of readFileSync(join(folder, file), "utf8").matchAll(/"(view_[a-z0-9_]+)"/g)) {
      keys.add(key);
    }
  }
  return keys;
}

describe("the catalogue of the engine", () => {
  const words = catalogue();

  it("has every key that the page says, and no other", () => {
    expect(Object.keys(words).sort()).toEqual([...usedKeys()].sort());
  });

  it("has as many places in one language as in the other", () => {
    const places = (text: string) => text.split("{}").length - 1;
    for (const [key, { zh, en }] of Object.entries(words)) {
      expect(places(zh), key).toBe(places(en));
    }
  });

  it("is ordered by key", () => {
    expect(Object.keys(words)).toEqual(Object.keys(words).sort());
  });
});

describe("a sentence", () => {
  it("takes its values in order and keeps a place without one", () => {
    expect(fill("{} of {}", [1, 2])).toBe("1 of 2");
    expect(fill("{} of {}", [1])).toBe("1 of {}");
    expect(fill("{}", ["{}"])).toBe("{}");
  });

  it("falls back to the other language", () => {
    expect(nameIn({ zh: "焦炭", en: "" }, "en")).toBe("焦炭");
    expect(nameIn({ zh: "焦炭", en: "coke" }, "en")).toBe("coke");
  });
});
