import { useMemo, useState } from "preact/hooks";
import { ChainPicture } from "../charts/ChainPicture";
import { layOutAll, layOutChain } from "../charts/lanes";
import { bindingSign } from "../charts/PlantBox";
import type { ChainGraph, GraphNode } from "../contract";
import { Choice } from "../parts/Choice";
import { bindingWord } from "../parts/codes";
import { SearchBox } from "../parts/SearchBox";
import { Section } from "../parts/Section";
import { Table } from "../parts/Table";
import { useReading } from "../reading";
import { PlantDetails } from "./PlantDetails";
import { plantTable } from "./plant_table";

const allChains = "";
const bindings = Object.keys(bindingWord) as GraphNode["binding"][];

/** The chain with most plants, which is shown first. */
function largestChain(graph: ChainGraph): string {
  const count = (chain: string) => graph.nodes.filter((node) => node.chain === chain).length;
  const [first] = [...graph.chains].sort((a, b) => count(b.id) - count(a.id));
  return first?.id ?? allChains;
}

function search(graph: ChainGraph, wanted: string, nameOf: (node: GraphNode) => string): Set<number> | null {
  const text = wanted.trim().toLowerCase();
  if (text === "") {
    return null;
  }
  return new Set(
    graph.nodes.flatMap((node, index) =>
      nameOf(node).toLowerCase().includes(text) || node.id.includes(text) ? [index] : [],
    ),
  );
}

export function ChainGraphSection({ graph, year }: { graph: ChainGraph; year: number }) {
  const reading = useReading();
  const { say, name } = reading;
  const [chain, setChain] = useState(() => largestChain(graph));
  const [wanted, setWanted] = useState("");
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [isTable, setIsTable] = useState(false);
  const found = useMemo(
    () => search(graph, wanted, (node) => `${name(node.name)} ${name(node.process)}`),
    [graph, wanted, name],
  );
  const layout = useMemo(() => {
    const one = chain === allChains ? layOutAll(graph) : layOutChain(graph, chain);
    // A plant that is searched for may stand far from the chain: then all are shown.
    const isInSight = [...(found ?? [])].every((index) => one.places.has(index));
    return isInSight ? one : layOutAll(graph);
  }, [graph, chain, found]);
  const selected = graph.nodes.findIndex((node) => node.id === selectedId);
  return (
    <Section id="graph" title={say("view_graph_of", year)} lead={say("view_graph_lead")}>
      <div class="filters">
        <Choice
          label={say("view_chain")}
          value={chain}
          onChange={setChain}
          options={[
            ...graph.chains.map((one) => ({ value: one.id, text: name(one.name) })),
            { value: allChains, text: say("view_all_chains") },
          ]}
        />
        <SearchBox label={say("view_search_plant")} value={wanted} onChange={setWanted} />
        {found !== null && <output class="count">{say("view_found", found.size)}</output>}
        <button type="button" class="quiet" aria-expanded={isTable} onClick={() => setIsTable(!isTable)}>
          {say(isTable ? "view_hide_table" : "view_show_table")}
        </button>
      </div>
      <p class="legend">
        {bindings.map((binding) => (
          <span key={binding} class={`key key-binding key-${binding}`}>
            <span aria-hidden="true">{bindingSign[binding]}</span> {say(bindingWord[binding], "…")}
          </span>
        ))}
      </p>
      <div class="graph">
        <ChainPicture
          graph={graph}
          layout={layout}
          found={found}
          selected={selected < 0 ? null : selected}
          onSelect={(index) => setSelectedId(graph.nodes[index]?.id ?? null)}
        />
        {selected >= 0 && <PlantDetails graph={graph} index={selected} onClose={() => setSelectedId(null)} />}
      </div>
      {isTable && (
        <Table caption={say("view_graph_of", year)} {...plantTable(graph, null, reading)} isSortable />
      )}
      {/* A wide picture is small on paper: there its plants stand in a table too. */}
      <div class="print-only">
        <Table
          isWide
          caption={say("view_graph_of", year)}
          {...plantTable(graph, chain === allChains ? null : chain, reading)}
        />
      </div>
    </Section>
  );
}
