import { useCallback } from "preact/hooks";
import { Chart } from "../charts/Chart";
import { drawnOf, sankeyHeight, sankeyOption, sankeyTable } from "../charts/sankey";
import type { Sankey } from "../contract";
import { useReading } from "../reading";

interface Props {
  sankey: Sankey;
  chains: string[];
  onDrill?: (sankey: string) => void;
}

/** A Sankey, and below it what it cannot draw: flows that return. */
export function Flow({ sankey, chains, onDrill }: Props) {
  const reading = useReading();
  const { say, name, text } = reading;
  const draw = useCallback(
    (width: number) => sankeyOption(sankey, chains, reading, width),
    [sankey, chains, reading],
  );
  const { links, nodes } = drawnOf(sankey);
  const returned = sankey.links.filter((link) => link.back === true);
  const nodeName = (index: number) => {
    const node = sankey.nodes[index];
    return node === undefined ? "" : name(node.name);
  };
  if (links.length === 0) {
    return <p class="nothing">{say("view_no_flows")}</p>;
  }
  return (
    <>
      <Chart
        label={say("view_sankey_label", name(sankey.name), links.length)}
        draw={draw}
        height={sankeyHeight(sankey)}
        table={() => sankeyTable(sankey, reading)}
        onPick={({ dataType, dataIndex }) => {
          const drill = dataType === "node" ? nodes[dataIndex]?.node.drill : undefined;
          if (drill !== undefined) {
            onDrill?.(drill);
          }
        }}
      />
      {returned.length > 0 && (
        <p class="note">
          {say("view_returned")}{" "}
          {returned
            .map(
              (link) =>
                `${nodeName(link.from)} → ${nodeName(link.to)}: ${name(link.what)} ${text(link.value, sankey.unit)}`,
            )
            .join("; ")}
        </p>
      )}
    </>
  );
}
