import { useMemo } from "preact/hooks";
import type { ChainGraph, GraphEdge } from "../contract";
import { useReading } from "../reading";
import type { Block, Layout, Place } from "./lanes";
import { PlantBox } from "./PlantBox";

interface Props {
  graph: ChainGraph;
  layout: Layout;
  /** Plants that the search names; the others are pale. Null without a search. */
  found: Set<number> | null;
  selected: number | null;
  onSelect: (node: number) => void;
}

const thickest = 9;
const longestReach = 140;

/** From the right side of a box to the left side of the next; what flows back swings around both. */
function edgePath(from: Place, to: Place): string {
  const x1 = from.x + from.width;
  const y1 = from.y + from.height / 2;
  const x2 = to.x;
  const y2 = to.y + to.height / 2;
  const reach = x2 > x1 ? Math.min((x2 - x1) / 2, longestReach) : longestReach / 2;
  return `M${x1} ${y1}C${x1 + reach} ${y1} ${x2 - reach} ${y2} ${x2} ${y2}`;
}

/** Edges are as thick as their energy; what has none is thin. */
function thicknessOf(edges: GraphEdge[]): (edge: GraphEdge) => number {
  const most = Math.max(0, ...edges.map((edge) => Math.abs(edge.tce ?? 0)));
  return (edge) => 1 + (most > 0 ? Math.sqrt(Math.abs(edge.tce ?? 0) / most) : 0) * (thickest - 1);
}

export function ChainPicture({ graph, layout, found, selected, onSelect }: Props) {
  const { say, name, text } = useReading();
  const thickness = useMemo(() => thicknessOf(graph.edges), [graph]);
  const chainNames = new Map(graph.chains.map((chain) => [chain.id, name(chain.name)]));
  const nodeName = (index: number) => name(graph.nodes[index]?.name ?? { zh: "", en: "" });
  const heading = ({ chain }: Block) =>
    chain === "from"
      ? say("view_from_others")
      : chain === "to"
        ? say("view_to_others")
        : chainNames.get(chain);
  const isNeighbour = (place: Place) =>
    layout.blocks.some(
      (block) =>
        (block.chain === "from" || block.chain === "to") &&
        block.x <= place.x &&
        place.x < block.x + block.width,
    );
  const drawn = graph.edges.filter(
    ({ from, to }) => from !== to && layout.places.has(from) && layout.places.has(to),
  );
  const kindOf = (edge: GraphEdge) => {
    if (selected !== null) {
      return edge.from === selected || edge.to === selected ? "edge edge-chosen" : "edge edge-pale";
    }
    const isWithin = graph.nodes[edge.from]?.chain === graph.nodes[edge.to]?.chain;
    return isWithin ? "edge" : "edge edge-between";
  };
  return (
    <div class="picture-scroll" tabIndex={0} role="group" aria-label={say("view_graph")}>
      <svg
        class="picture"
        width={layout.width}
        height={layout.height}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        role="group"
        aria-label={say("view_graph_label", layout.places.size, drawn.length)}
      >
        {layout.blocks.map((block, index) => (
          <g key={block.chain} class={index % 2 === 0 ? "lane" : "lane lane-odd"}>
            <rect x={block.x} y={block.y} width={block.width} height={block.height} />
            <text x={block.x + 14} y={block.y + 17}>
              {heading(block)}
            </text>
          </g>
        ))}
        {drawn.map((edge, index) => {
          const from = layout.places.get(edge.from);
          const to = layout.places.get(edge.to);
          return from === undefined || to === undefined ? null : (
            <path key={index} class={kindOf(edge)} d={edgePath(from, to)} stroke-width={thickness(edge)}>
              <title>
                {`${nodeName(edge.from)} → ${nodeName(edge.to)}: ${name(edge.what)} ${text(edge.amount, edge.unit)}`}
              </title>
            </path>
          );
        })}
        {[...layout.places].map(([index, place]) => {
          const node = graph.nodes[index];
          return node === undefined ? null : (
            <PlantBox
              key={node.id}
              node={node}
              place={place}
              caption={isNeighbour(place) ? chainNames.get(node.chain) : undefined}
              isPale={found !== null && !found.has(index)}
              isSelected={selected === index}
              onSelect={() => onSelect(index)}
            />
          );
        })}
      </svg>
    </div>
  );
}
