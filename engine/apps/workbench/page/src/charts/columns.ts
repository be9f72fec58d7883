// Puts plants into columns from left to right in the order of the flow. The same graph gets the same picture.

import type { GraphEdge } from "../contract";

/** Edges that do not close a loop, found by a walk in the order of the nodes. */
function withoutLoops(nodes: number[], edges: GraphEdge[]): GraphEdge[] {
  const outgoing = new Map<number, GraphEdge[]>(nodes.map((node) => [node, []]));
  for (const edge of edges) {
    outgoing.get(edge.from)?.push(edge);
  }
  const kept: GraphEdge[] = [];
  const state = new Map<number, "open" | "done">();
  const walk = (node: number) => {
    state.set(node, "open");
    for (const edge of outgoing.get(node) ?? []) {
      if (state.get(edge.to) === "open") {
        continue;
      }
      kept.push(edge);
      if (!state.has(edge.to)) {
        walk(edge.to);
      }
    }
    state.set(node, "done");
  };
  for (const node of nodes) {
    if (!state.has(node)) {
      walk(node);
    }
  }
  return kept;
}

/** Each node stands right of all that feed it, whatever loops there are. */
export function columnsOf(nodes: number[], edges: GraphEdge[]): number[][] {
  const forward = withoutLoops(nodes, edges);
  const column = new Map(nodes.map((node) => [node, 0]));
  for (let hasMoved = true; hasMoved;) {
    hasMoved = false;
    for (const { from, to } of forward) {
      const next = (column.get(from) ?? 0) + 1;
      if (next > (column.get(to) ?? 0)) {
        column.set(to, next);
        hasMoved = true;
      }
    }
  }
  const columns: number[][] = [];
  for (const [node, at] of column) {
    (columns[at] ??= []).push(node);
  }
  return columns;
}

/** The nodes of a column in the order of what feeds them, so that fewer edges cross. */
export function inOrderOfFeeds(
  column: number[],
  edges: GraphEdge[],
  heightOf: (node: number) => number | undefined,
) {
  const pull = new Map<number, number>();
  for (const node of column) {
    const feeds = edges.flatMap((edge) => (edge.to === node ? [heightOf(edge.from)] : []));
    const known = feeds.filter((y) => y !== undefined);
    if (known.length > 0) {
      pull.set(node, known.reduce((sum, y) => sum + y, 0) / known.length);
    }
  }
  return [...column].sort((a, b) => (pull.get(a) ?? Infinity) - (pull.get(b) ?? Infinity) || a - b);
}

/** Parts of at most so many nodes, as even as can be. */
export function chunks(nodes: number[], most: number): number[][] {
  const count = Math.ceil(nodes.length / most);
  const size = Math.ceil(nodes.length / Math.max(1, count));
  return Array.from({ length: count }, (_, index) => nodes.slice(index * size, (index + 1) * size));
}
