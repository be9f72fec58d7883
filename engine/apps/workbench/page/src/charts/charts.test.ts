import { describe, expect, it } from "vitest";
import { view } from "../../dev/fixture";
import type { GraphEdge, Judgement } from "../contract";
import { chunks, columnsOf } from "./columns";
import { layOutAll, layOutChain } from "./lanes";
import { marginAreas } from "./path";
import { placed } from "./waterfall";

describe("a waterfall", () => {
  it("stands totals on the ground and changes on what is before them", () => {
    const bars = placed([
      { name: "from", value: 10, isTotal: true },
      { name: "rise", value: 5, isTotal: false },
      { name: "fall", value: -3, isTotal: false },
      { name: "to", value: 12, isTotal: true },
    ]);
    expect(bars.map(({ from, to }) => [from, to])).toEqual([
      [0, 10],
      [10, 15],
      [15, 12],
      [0, 12],
    ]);
  });
});

describe("the area between value and bound", () => {
  const judgement = {} as Judgement;

  it("is cut where they cross", () => {
    const areas = marginAreas(
      { index: 0, judgement, value: 1, bound: 2 },
      { index: 1, judgement, value: 3, bound: 2 },
    );
    expect(areas.map((area) => area.isAbove)).toEqual([false, true]);
    expect(areas[0]?.corners[1]).toEqual([0.5, 2]);
  });

  it("is not there without a figure", () => {
    expect(
      marginAreas(
        { index: 0, judgement, value: null, bound: 2 },
        { index: 1, judgement, value: 3, bound: 2 },
      ),
    ).toEqual([]);
  });
});

describe("the chain graph", () => {
  const edge = (from: number, to: number): GraphEdge => ({
    from,
    to,
    what: { zh: "", en: "" },
    id: "",
    amount: 1,
    unit: "t",
    tce: null,
  });

  it("stands plants right of what feeds them, whatever loops there are", () => {
    expect(columnsOf([0, 1, 2], [edge(0, 1), edge(1, 2), edge(2, 0)])).toEqual([[0], [1], [2]]);
  });

  it("breaks long columns evenly", () => {
    expect(chunks([1, 2, 3, 4, 5], 4)).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(chunks([], 4)).toEqual([]);
  });

  it("places every plant once, and none upon another", () => {
    const graph = view().districts[0]?.details[0]?.graph;
    if (graph === undefined) {
      throw new Error("the fixture has no graph");
    }
    const all = layOutAll(graph);
    expect(all.places.size).toBe(graph.nodes.length);
    for (const layout of [all, ...graph.chains.map((chain) => layOutChain(graph, chain.id))]) {
      const corners = [...layout.places.values()].map(({ x, y }) => `${x} ${y}`);
      expect(new Set(corners).size).toBe(corners.length);
    }
  });
});
