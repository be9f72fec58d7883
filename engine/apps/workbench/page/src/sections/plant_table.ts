import type { ChainGraph } from "../contract";
import { percentText } from "../number";
import { bindingWord } from "../parts/codes";
import type { TableContent } from "../parts/table";
import { wordCell } from "../parts/table";
import type { Reading } from "../reading";

/** The plants of a chain, or of all, one a row. */
export function plantTable(
  graph: ChainGraph,
  chain: string | null,
  { say, name, text }: Reading,
): TableContent {
  const chains = new Map(graph.chains.map((chain) => [chain.id, name(chain.name)]));
  return {
    columns: [
      { id: "plant", heading: say("view_plant") },
      { id: "chain", heading: say("view_chain") },
      { id: "process", heading: say("view_process") },
      { id: "capacity", heading: say("view_capacity"), isNumeric: true },
      { id: "activity", heading: say("view_activity"), isNumeric: true },
      { id: "utilisation", heading: say("view_utilisation"), isNumeric: true },
      { id: "binding", heading: say("view_binding") },
    ],
    rows: graph.nodes
      .filter((node) => chain === null || node.chain === chain)
      .map((node) => ({
        id: node.id,
        cells: [
          wordCell(name(node.name)),
          wordCell(chains.get(node.chain) ?? node.chain),
          wordCell(name(node.process)),
          { key: node.capacity, view: text(node.capacity, node.unit) },
          { key: node.activity, view: text(node.activity, node.unit) },
          { key: node.utilisation, view: percentText(node.utilisation) },
          wordCell(say(bindingWord[node.binding], node.of === undefined ? "" : name(node.of))),
        ],
      })),
  };
}
