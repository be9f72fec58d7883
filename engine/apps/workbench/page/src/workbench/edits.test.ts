import { describe, expect, it } from "vitest";
import type { Control } from "../contract";
import { editsOf, refusalsOf } from "./edits";

function control(id: string, value: Control["value"]): Control {
  const name = { zh: id, en: id };
  return {
    id,
    kind: "price",
    record: id,
    name,
    field: "price",
    label: name,
    help: "",
    type: "text",
    unit: "",
    value,
    group: { zh: "", en: "" },
  };
}

const controls = [control("a", "1 t"), control("b", 2), control("c", true)];

describe("the differences from the scenario", () => {
  it("are what was changed, and not what was changed back", () => {
    const values = new Map<string, string | number | boolean>([
      ["b", 3],
      ["c", true],
      ["a", "2 t"],
    ]);
    expect(editsOf(controls, values, new Map())).toEqual([
      { control: "a", value: "2 t" },
      { control: "b", value: 3 },
    ]);
  });

  it("leave out what was refused until it is changed again", () => {
    const refused = new Map([["a", { value: "many", problems: [] }]]);
    expect(editsOf(controls, new Map([["a", "many"]]), refused)).toEqual([]);
    expect(editsOf(controls, new Map([["a", "2 t"]]), refused)).toEqual([{ control: "a", value: "2 t" }]);
  });
});

describe("a problem", () => {
  it("belongs to the controls that it names", () => {
    const problem = {
      message: "bad input",
      problems: [{ field: "a", line: 1, column: 1, message: "no quantity", help: "" }],
    };
    const edits = [
      { control: "a", value: "many" },
      { control: "b", value: 3 },
    ];
    expect([...refusalsOf(problem, edits).keys()]).toEqual(["a"]);
  });
});
