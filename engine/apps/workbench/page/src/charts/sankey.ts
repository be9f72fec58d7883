import type { Sankey, SankeyNode } from "../contract";
import type { TableContent } from "../parts/table";
import { nodeKindWord } from "../parts/codes";
import { wordCell } from "../parts/table";
import { chainColour, ink, kindColour } from "../palette";
import { readerText } from "../number";
import type { Reading } from "../reading";
import type { ChartOption } from "./echarts";
import { base } from "./look";

const rowHeight = 26;
const leastHeight = 320;
const narrow = 600;
const nodeWidth = 12;
const leastLabel = 36;

/** The nodes and links that are drawn: what closes a loop stands in a list below, and a node without any link nowhere. */
export function drawnOf(sankey: Sankey) {
  const links = sankey.links.filter((link) => link.back !== true && link.value > 0 && link.from !== link.to);
  const used = new Set(links.flatMap((link) => [link.from, link.to]));
  const nodes = sankey.nodes.map((node, index) => ({ node, index })).filter(({ index }) => used.has(index));
  return { links, nodes };
}

interface Shape {
  columns: number;
  /** Nodes in the fullest column. */
  rows: number;
}

/** How many columns there are, and how full: a node stands one column right of the last one that feeds it. */
function shapeOf(sankey: Sankey): Shape {
  const { links, nodes } = drawnOf(sankey);
  const column = new Map<number, number>(nodes.map(({ index }) => [index, 0]));
  for (let round = 0; round < nodes.length; ++round) {
    let hasMoved = false;
    for (const { from, to } of links) {
      const next = (column.get(from) ?? 0) + 1;
      if (next > (column.get(to) ?? 0) && next < nodes.length) {
        column.set(to, next);
        hasMoved = true;
      }
    }
    if (!hasMoved) {
      break;
    }
  }
  const counts = new Map<number, number>();
  for (const at of column.values()) {
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return { columns: Math.max(1, ...column.values()) + 1, rows: Math.max(1, ...counts.values()) };
}

export function sankeyHeight(sankey: Sankey): number {
  return Math.max(leastHeight, shapeOf(sankey).rows * rowHeight + 60);
}

/** `chains`: the ids of the district's chains, so that a chain has its colour in every chart. */
function colourOf(node: SankeyNode, chains: string[]): string {
  const chain = chains.indexOf(node.drill ?? node.id);
  return node.kind === "chain" && chain >= 0 ? chainColour(chain) : kindColour[node.kind];
}

export function sankeyOption(sankey: Sankey, chains: string[], reading: Reading, width: number): ChartOption {
  const { links, nodes } = drawnOf(sankey);
  const lastLabelWidth = width < narrow ? 76 : 150;
  // Within the drawing a label ends before the next column begins.
  const pitch = (width - lastLabelWidth) / Math.max(1, shapeOf(sankey).columns - 1);
  const labelWidth = Math.max(leastLabel, Math.min(lastLabelWidth, pitch - nodeWidth - 12));
  const feeding = new Set(links.map((link) => link.from));
  const nameOf = (index: string) => {
    const node = sankey.nodes[Number(index)];
    return node === undefined ? "" : reading.name(node.name);
  };
  const amount = (value: number) => reading.text(value, sankey.unit);
  return {
    ...base,
    tooltip: {
      ...base.tooltip,
      trigger: "item",
      formatter: (item) => {
        const one = Array.isArray(item) ? item[0] : item;
        if (one === undefined) {
          return "";
        }
        if (one.dataType === "edge") {
          const link = links[one.dataIndex];
          return link === undefined
            ? ""
            : `${nameOf(`${link.from}`)} → ${nameOf(`${link.to}`)}\n${reading.name(link.what)}: ${amount(link.value)}`;
        }
        return `${nameOf(one.name)}: ${amount(Number(one.value))}`;
      },
    },
    series: [
      {
        id: "flows",
        type: "sankey",
        left: 4,
        right: lastLabelWidth + 10,
        top: 12,
        bottom: 12,
        nodeWidth,
        nodeGap: 13,
        nodeAlign: "justify",
        draggable: false,
        layoutIterations: 64,
        emphasis: { focus: "adjacency" },
        lineStyle: { color: "source", opacity: 0.32, curveness: 0.5 },
        label: {
          color: ink,
          fontSize: 11,
          width: labelWidth,
          overflow: "truncate",
          textBorderColor: "#ffffff",
          textBorderWidth: 2,
          formatter: (item) => nameOf(item.name),
        },
        data: nodes.map(({ node, index }) => ({
          name: `${index}`,
          ...(feeding.has(index) ? {} : { label: { width: lastLabelWidth } }),
          itemStyle: { color: colourOf(node, chains), borderColor: "#ffffff", borderWidth: 0.5 },
        })),
        links: links.map((link) => ({ source: `${link.from}`, target: `${link.to}`, value: link.value })),
      },
    ],
  };
}

export function sankeyTable(sankey: Sankey, { say, name, unit }: Reading): TableContent {
  const { size, text } = unit(sankey.unit);
  const nodeName = (index: number) => {
    const node = sankey.nodes[index];
    return node === undefined ? "" : name(node.name);
  };
  const kind = (index: number) => {
    const node = sankey.nodes[index];
    return node === undefined ? "" : say(nodeKindWord[node.kind]);
  };
  return {
    columns: [
      { id: "from", heading: say("view_from") },
      { id: "from_kind", heading: say("view_kind") },
      { id: "to", heading: say("view_to") },
      { id: "what", heading: say("view_what") },
      { id: "value", heading: say("view_heading_with_unit", say("view_value"), text), isNumeric: true },
    ],
    rows: sankey.links.map((link, index) => ({
      id: `${index}`,
      cells: [
        wordCell(nodeName(link.from)),
        wordCell(kind(link.from)),
        wordCell(nodeName(link.to)),
        wordCell(name(link.what)),
        { key: link.value, view: readerText(link.value / size) },
      ],
    })),
  };
}
