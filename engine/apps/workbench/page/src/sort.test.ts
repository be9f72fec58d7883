import { describe, expect, it } from "vitest";
import { sortedBy } from "./sort";
import type { Direction, SortKey } from "./sort";

const sorted = (keys: SortKey[], direction: Direction) => sortedBy(keys, (key) => key, direction, "zh");

describe("sorting", () => {
  it("puts numbers in order and what is not known last, both ways", () => {
    expect(sorted([3, null, 1, 2], "ascending")).toEqual([1, 2, 3, null]);
    expect(sorted([3, null, 1, 2], "descending")).toEqual([3, 2, 1, null]);
  });

  it("puts numbers before words", () => {
    expect(sorted(["a", 2, "", 1], "ascending")).toEqual([1, 2, "a", ""]);
  });

  it("orders Chinese by pinyin and numerals within words by value", () => {
    expect(sorted(["焦化", "氨", "电石"], "ascending")).toEqual(["氨", "电石", "焦化"]);
    expect(sorted(["项目10", "项目9"], "ascending")).toEqual(["项目9", "项目10"]);
  });

  it("keeps the order of equals", () => {
    const rows = [
      { id: "a", key: 1 },
      { id: "b", key: 1 },
      { id: "c", key: 0 },
    ];
    const ids = sortedBy(rows, (row) => row.key, "descending", "en").map((row) => row.id);
    expect(ids).toEqual(["a", "b", "c"]);
  });
});
