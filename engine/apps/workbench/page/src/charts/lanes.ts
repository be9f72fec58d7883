// Places the plants of the chain graph: one chain between those that it takes from and gives to, or a lane a chain.

import type { ChainGraph, GraphEdge, GraphNode } from "../contract";
import { chunks, columnsOf, inOrderOfFeeds } from "./columns";

export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A part of the picture with a heading: a chain, or the neighbours of one. */
export interface Block extends Place {
  chain: string | "from" | "to";
}

export interface Layout {
  width: number;
  height: number;
  blocks: Block[];
  /** By index of the node; absent if it is not shown. */
  places: Map<number, Place>;
}

const boxWidth = 150;
const leastBox = 30;
const largestBox = 54;
const columnGap = 64;
const partGap = 14;
const rowGap = 10;
const padding = 14;
const headingHeight = 26;
const mostRows = 12;
const laneGap = 10;

/** Height by capacity, among the plants that are measured in the same unit. */
function heightsOf(nodes: GraphNode[]): number[] {
  const largest = new Map<string, number>();
  for (const node of nodes) {
    largest.set(node.unit, Math.max(largest.get(node.unit) ?? 0, node.capacity));
  }
  return nodes.map((node) => {
    const most = largest.get(node.unit) ?? 0;
    return leastBox + (most > 0 ? Math.sqrt(Math.max(0, node.capacity) / most) : 0) * (largestBox - leastBox);
  });
}

/** Stacks columns from a corner on; a column that is too long is broken into several beside each other. */
function placeBlock(
  chain: string,
  columns: number[][],
  corner: { x: number; y: number },
  heightOf: (node: number) => number,
  places: Map<number, Place>,
): Block {
  let x = corner.x + padding;
  let bottom = corner.y + headingHeight;
  for (const column of columns) {
    for (const part of chunks(column, mostRows)) {
      let y = corner.y + headingHeight;
      for (const node of part) {
        const height = heightOf(node);
        places.set(node, { x, y, width: boxWidth, height });
        y += height + rowGap;
      }
      bottom = Math.max(bottom, y);
      x += boxWidth + partGap;
    }
    x += columnGap - partGap;
  }
  const width = x - columnGap + padding - corner.x;
  return { chain, ...corner, width, height: bottom - corner.y };
}

/** The columns of a chain by the flows within it, each in the order of what feeds it. */
function columnsWithin(nodes: number[], edges: GraphEdge[]): number[][] {
  const members = new Set(nodes);
  const inner = edges.filter(({ from, to }) => members.has(from) && members.has(to) && from !== to);
  const rank = new Map<number, number>();
  return columnsOf(nodes, inner).map((column) => {
    const ordered = inOrderOfFeeds(column, inner, (node) => rank.get(node));
    ordered.forEach((node, row) => rank.set(node, row));
    return ordered;
  });
}

function membersOf(graph: ChainGraph, chain: string): number[] {
  return graph.nodes.flatMap((node, index) => (node.chain === chain ? [index] : []));
}

/** Plants outside of a chain that it takes from, and those that it gives to; who does both stands where there is more. */
function neighboursOf(graph: ChainGraph, members: Set<number>): { from: number[]; to: number[] } {
  const balance = new Map<number, number>();
  for (const { from, to } of graph.edges) {
    if (members.has(to) && !members.has(from)) {
      balance.set(from, (balance.get(from) ?? 0) + 1);
    }
    if (members.has(from) && !members.has(to)) {
      balance.set(to, (balance.get(to) ?? 0) - 1);
    }
  }
  const inChainOrder = (a: number, b: number) => {
    const chains = graph.chains.map((chain) => chain.id);
    const rank = (node: number) => chains.indexOf(graph.nodes[node]?.chain ?? "");
    return rank(a) - rank(b) || a - b;
  };
  const sorted = [...balance.keys()].sort(inChainOrder);
  return {
    from: sorted.filter((node) => (balance.get(node) ?? 0) >= 0),
    to: sorted.filter((node) => (balance.get(node) ?? 0) < 0),
  };
}

/** A chain in the middle, its suppliers on the left, its customers on the right. */
export function layOutChain(graph: ChainGraph, chain: string): Layout {
  const heights = heightsOf(graph.nodes);
  const places = new Map<number, Place>();
  const members = membersOf(graph, chain);
  const neighbours = neighboursOf(graph, new Set(members));
  const blocks: Block[] = [];
  let x = 0;
  const add = (name: string, columns: number[][], heightOf: (node: number) => number) => {
    const block = placeBlock(name, columns, { x, y: 0 }, heightOf, places);
    blocks.push(block);
    x += block.width + columnGap / 2;
  };
  if (neighbours.from.length > 0) {
    add("from", [neighbours.from], () => leastBox);
  }
  add(chain, columnsWithin(members, graph.edges), (node) => heights[node] ?? leastBox);
  if (neighbours.to.length > 0) {
    add("to", [neighbours.to], () => leastBox);
  }
  const height = Math.max(...blocks.map((block) => block.height));
  return { width: x - columnGap / 2, height, blocks: blocks.map((block) => ({ ...block, height })), places };
}

/** All chains, one below the other. */
export function layOutAll(graph: ChainGraph): Layout {
  const heights = heightsOf(graph.nodes);
  const places = new Map<number, Place>();
  const blocks: Block[] = [];
  let y = 0;
  for (const { id } of graph.chains) {
    const members = membersOf(graph, id);
    if (members.length > 0) {
      const columns = columnsWithin(members, graph.edges);
      const block = placeBlock(id, columns, { x: 0, y }, (node) => heights[node] ?? leastBox, places);
      blocks.push(block);
      y += block.height + laneGap;
    }
  }
  const width = Math.max(0, ...blocks.map((block) => block.width));
  return { width, height: y, blocks: blocks.map((block) => ({ ...block, width })), places };
}
