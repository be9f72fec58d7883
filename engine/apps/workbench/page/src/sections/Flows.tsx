import { useMemo, useState } from "preact/hooks";
import type { YearDetail } from "../contract";
import { Choice } from "../parts/Choice";
import { Section } from "../parts/Section";
import { useReading } from "../reading";
import { Flow } from "./Flow";
import { chainIds } from "./shown";

const allChains = "";

/** Materials between chains, or within one. */
function Materials({ detail, chains }: { detail: YearDetail; chains: string[] }) {
  const { say, name } = useReading();
  const [drilled, setDrilled] = useState(allChains);
  const inside = detail.chains.find((one) => one.id === drilled);
  return (
    <article>
      <div class="filters">
        <h3>{name((inside ?? detail.materials).name)}</h3>
        {detail.chains.length > 0 && (
          <Choice
            label={say("view_chain")}
            value={inside === undefined ? allChains : drilled}
            onChange={setDrilled}
            options={[
              { value: allChains, text: say("view_between_chains") },
              ...detail.chains.map((one) => ({ value: one.id, text: name(one.name) })),
            ]}
          />
        )}
        {inside !== undefined && (
          <button type="button" class="quiet" onClick={() => setDrilled(allChains)}>
            {say("view_back_to_all")}
          </button>
        )}
      </div>
      <Flow sankey={inside ?? detail.materials} chains={chains} onDrill={setDrilled} />
    </article>
  );
}

export function Flows({ detail }: { detail: YearDetail }) {
  const { say, name } = useReading();
  const chains = useMemo(() => chainIds(detail), [detail]);
  return (
    <Section id="flows" title={say("view_flows", detail.year)} lead={say("view_flows_lead")}>
      <Materials detail={detail} chains={chains} />
      <article>
        <h3>{name(detail.energy.name)}</h3>
        <Flow sankey={detail.energy} chains={chains} />
      </article>
      <article>
        <h3>{name(detail.carbon.name)}</h3>
        <Flow sankey={detail.carbon} chains={chains} />
      </article>
    </Section>
  );
}
