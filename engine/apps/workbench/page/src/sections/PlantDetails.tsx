import type { ChainGraph, GraphEdge } from "../contract";
import { percentText } from "../number";
import { bindingWord } from "../parts/codes";
import { useReading } from "../reading";
import type { WordKey } from "../words";

interface Props {
  graph: ChainGraph;
  index: number;
  onClose: () => void;
}

/** What a plant can do, does, and is held by; what it takes and gives. */
export function PlantDetails({ graph, index, onClose }: Props) {
  const { say, name, text } = useReading();
  const node = graph.nodes[index];
  if (node === undefined) {
    return null;
  }
  const chain = graph.chains.find((one) => one.id === node.chain);
  const facts: [WordKey, string][] = [
    ["view_process", name(node.process)],
    ["view_chain", chain === undefined ? node.chain : name(chain.name)],
    ["view_capacity", text(node.capacity, node.unit)],
    ["view_activity", text(node.activity, node.unit)],
    ["view_utilisation", percentText(node.utilisation)],
    ["view_binding", say(bindingWord[node.binding], node.of === undefined ? "" : name(node.of))],
  ];
  if (node.project !== undefined) {
    facts.push(["view_project", node.project]);
  }
  return (
    <aside class="plant-details" aria-live="polite" aria-label={name(node.name)}>
      <header class="explain-head">
        <h3>{name(node.name)}</h3>
        <button type="button" class="quiet" onClick={onClose}>
          {say("view_close")}
        </button>
      </header>
      <dl class="facts">
        {facts.map(([word, value]) => (
          <Fact key={word} word={say(word)} value={value} />
        ))}
      </dl>
      <Exchange
        graph={graph}
        heading={say("view_takes")}
        edges={graph.edges.filter((edge) => edge.to === index)}
        end="from"
      />
      <Exchange
        graph={graph}
        heading={say("view_gives")}
        edges={graph.edges.filter((edge) => edge.from === index)}
        end="to"
      />
    </aside>
  );
}

function Fact({ word, value }: { word: string; value: string }) {
  return (
    <>
      <dt>{word}</dt>
      <dd>{value}</dd>
    </>
  );
}

interface ExchangeProps {
  graph: ChainGraph;
  heading: string;
  edges: GraphEdge[];
  /** Which end of the edges is the other plant. */
  end: "from" | "to";
}

function Exchange({ graph, heading, edges, end }: ExchangeProps) {
  const { name, text } = useReading();
  if (edges.length === 0) {
    return null;
  }
  return (
    <>
      <h4>{heading}</h4>
      <ul class="exchange">
        {edges.map((edge, index) => {
          const other = graph.nodes[edge[end]];
          return (
            <li key={index}>
              <span>{name(edge.what)}</span> <span class="number">{text(edge.amount, edge.unit)}</span>
              {other !== undefined && <small>{name(other.name)}</small>}
            </li>
          );
        })}
      </ul>
    </>
  );
}
