import { useCallback, useState } from "preact/hooks";
import { Chart } from "../charts/Chart";
import { distributionHeight, distributionOption } from "../charts/distribution";
import type { Distribution, Sample } from "../contract";
import { percentText } from "../number";
import { Choice } from "../parts/Choice";
import { NumberButton } from "../parts/NumberButton";
import { Section } from "../parts/Section";
import { Table } from "../parts/Table";
import type { TableContent } from "../parts/table";
import { useReading } from "../reading";
import type { Reading } from "../reading";
import { Chances } from "./Chances";
import { distributionTable } from "./distribution_table";

function quantileTable(one: Distribution, { say, unit }: Reading): TableContent {
  const { text } = unit(one.unit);
  const value = say("view_value");
  return {
    columns: [
      { id: "share", heading: say("view_share_below"), isNumeric: true },
      {
        id: "value",
        heading: text === "" ? value : say("view_heading_with_unit", value, text),
        isNumeric: true,
      },
    ],
    rows: one.quantiles.map(([share, at]) => ({
      id: `${share}`,
      cells: [
        { key: share, view: percentText(share) },
        { key: at, view: <NumberButton value={at} unit={one.unit} hideUnit /> },
      ],
    })),
  };
}

function Distributions({ distributions, year }: { distributions: Distribution[]; year: number }) {
  const reading = useReading();
  const { say, name } = reading;
  const [chosen, setChosen] = useState<string | null>(null);
  const key = (one: Distribution) => `${one.id} ${one.year}`;
  const inYear = distributions.filter((one) => one.year === year);
  const offered = inYear.length > 0 ? inYear : distributions;
  const shown = offered.find((one) => key(one) === chosen) ?? offered[0];
  const draw = useCallback(
    () => (shown === undefined ? {} : distributionOption(shown, reading)),
    [shown, reading],
  );
  if (shown === undefined) {
    return null;
  }
  const title = `${name(shown.name)} ${shown.year}`;
  return (
    <article>
      <div class="filters">
        <Choice
          label={say("view_indicator")}
          value={key(shown)}
          onChange={setChosen}
          options={offered.map((one) => ({ value: key(one), text: `${name(one.name)} ${one.year}` }))}
        />
        {shown.chance !== undefined && (
          <p class="chance">{say("view_chance_to_keep", percentText(shown.chance))}</p>
        )}
      </div>
      <Chart
        label={say("view_distribution_label", title)}
        draw={draw}
        height={distributionHeight}
        table={() => quantileTable(shown, reading)}
      />
      <Table caption={say("view_spread")} isSortable {...distributionTable(offered, reading)} />
    </article>
  );
}

/** How far indicators spread under doubt, and the chance to meet each policy. */
export function Samples({ samples, year }: { samples: Sample[]; year: number }) {
  const { say } = useReading();
  return (
    <Section id="samples" title={say("view_samples")}>
      {samples.length === 0 && <p class="nothing">{say("view_no_samples")}</p>}
      {samples.map((sample, index) => (
        <div key={index}>
          <p class="lead">{say("view_samples_lead", sample.draws)}</p>
          <Chances chances={sample.chances} year={year} />
          <Distributions distributions={sample.distributions} year={year} />
        </div>
      ))}
    </Section>
  );
}
