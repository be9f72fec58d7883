import type { GraphNode } from "../contract";
import { percentText } from "../number";
import { bindingWord } from "../parts/codes";
import { useReading } from "../reading";
import type { Place } from "./lanes";

/** What holds a plant, as a sign: the outline of its box says the same. */
export const bindingSign: Record<GraphNode["binding"], string> = {
  capacity: "■",
  feedstock: "▼",
  demand: "○",
  surplus: "▲",
  not_built: "+",
  off: "×",
};

interface Props {
  node: GraphNode;
  place: Place;
  /** Below the name, instead of how the plant stands. */
  caption: string | undefined;
  isPale: boolean;
  isSelected: boolean;
  onSelect: () => void;
}

const labelUnits = 19;

/** Cuts a name to the width of the box; a Chinese sign takes two units, a Latin one takes one. */
export function cut(text: string, units: number): string {
  let used = 0;
  for (let at = 0; at < text.length; ++at) {
    used += text.charCodeAt(at) > 0x2e80 ? 2 : 1.08;
    if (used > units) {
      return `${text.slice(0, at)}…`;
    }
  }
  return text;
}

/** A plant: as high as its capacity, filled as far as it is used, outlined by what holds it. */
export function PlantBox({ node, place, caption, isPale, isSelected, onSelect }: Props) {
  const { say, name, text } = useReading();
  const { x, y, width, height } = place;
  const used = Math.max(0, Math.min(1, node.utilisation ?? 0));
  const binding = say(bindingWord[node.binding], node.of === undefined ? "" : name(node.of));
  const label = [
    name(node.name),
    text(node.capacity, node.unit),
    say("view_utilisation_of", percentText(node.utilisation)),
    binding,
  ].join(", ");
  const state = `${bindingSign[node.binding]} ${percentText(node.utilisation)} · ${text(node.capacity, node.unit)}`;
  const classes = [
    "plant",
    `plant-${node.binding}`,
    isPale ? "plant-pale" : "",
    isSelected ? "plant-selected" : "",
  ];
  return (
    <g
      class={classes.join(" ")}
      role="button"
      tabindex={0}
      aria-pressed={isSelected}
      onClick={onSelect}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          onSelect();
        }
      }}
    >
      <title>{label}</title>
      <rect class="plant-ground" x={x} y={y} width={width} height={height} rx="3" />
      <rect class="plant-used" x={x} y={y} width={width * used} height={height} rx="3" />
      <rect class="plant-outline" x={x} y={y} width={width} height={height} rx="3" />
      <text aria-hidden="true" class="plant-name" x={x + 6} y={y + height / 2 - 2}>
        {cut(name(node.name), labelUnits + 3)}
      </text>
      <text aria-hidden="true" class="plant-state" x={x + 6} y={y + height / 2 + 11}>
        {cut(caption ?? state, 28)}
      </text>
    </g>
  );
}
