import { useState } from "preact/hooks";
import type { Comparison } from "../contract";
import { Choice } from "../parts/Choice";
import { Section } from "../parts/Section";
import { Table } from "../parts/Table";
import { useReading } from "../reading";
import { comparisonTable } from "./comparison_table";
import { Difference } from "./Difference";

/** The first district beside the others, and why they differ. */
export function ComparisonSection({ comparison }: { comparison: Comparison | null }) {
  const reading = useReading();
  const { say, name } = reading;
  const [isAll, setIsAll] = useState(false);
  const [other, setOther] = useState(0);
  if (comparison === null) {
    return (
      <Section id="comparison" title={say("view_comparison")}>
        <p class="nothing">{say("view_no_comparison")}</p>
      </Section>
    );
  }
  const shownPair = other < comparison.pairs.length ? other : 0;
  const pair = comparison.pairs[shownPair];
  return (
    <Section
      id="comparison"
      title={say("view_comparison_in", comparison.year)}
      lead={say("view_comparison_lead")}
    >
      <label class="check">
        <input type="checkbox" checked={isAll} onChange={(event) => setIsAll(event.currentTarget.checked)} />
        {say("view_all_indicators", comparison.indicators.length)}
      </label>
      <Table caption={say("view_comparison")} isSortable {...comparisonTable(comparison, isAll, reading)} />
      {comparison.pairs.length > 1 && (
        <Choice
          label={say("view_compare_with")}
          value={`${shownPair}`}
          onChange={(value) => setOther(Number(value))}
          options={comparison.pairs.map((_, index) => {
            const one = comparison.names[index + 1];
            return { value: `${index}`, text: one === undefined ? `${index + 1}` : name(one) };
          })}
        />
      )}
      {pair !== undefined && (
        <Difference
          pair={pair}
          from={comparison.names[0] ?? { zh: "", en: "" }}
          to={comparison.names[shownPair + 1] ?? { zh: "", en: "" }}
        />
      )}
    </Section>
  );
}
