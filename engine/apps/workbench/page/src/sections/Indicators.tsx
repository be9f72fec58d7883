import { useState } from "preact/hooks";
import type { Indicator } from "../contract";
import { ofIndicator } from "../parts/explanation";
import { NumberButton } from "../parts/NumberButton";
import { SearchBox } from "../parts/SearchBox";
import { Section } from "../parts/Section";
import { Sparkline } from "../parts/Sparkline";
import { Table } from "../parts/Table";
import { wordCell } from "../parts/table";
import type { TableRow } from "../parts/table";
import { useReading } from "../reading";
import type { Reading } from "../reading";
import type { Shown } from "./shown";

function toRow(indicator: Indicator, shown: Shown, { name, unit }: Reading): TableRow {
  return {
    id: indicator.id,
    cells: [
      wordCell(name(indicator.name)),
      wordCell(unit(indicator.unit).text),
      { key: null, view: <Sparkline values={indicator.values} index={shown.index} /> },
      ...indicator.values.map((value, index) => ({
        key: value,
        view: (
          <span class={index === shown.index ? "shown-year" : ""}>
            <NumberButton
              value={value}
              unit={indicator.unit}
              explanation={ofIndicator(shown.district, indicator, index)}
              hideUnit
            />
          </span>
        ),
      })),
    ],
  };
}

/** Indicators by year; those looked at first alone, or all. */
export function Indicators({ shown }: { shown: Shown }) {
  const reading = useReading();
  const { say, name } = reading;
  const [isAll, setIsAll] = useState(false);
  const [search, setSearch] = useState("");
  const { indicators, years } = shown.district;
  const wanted = search.trim().toLowerCase();
  const rows = indicators.filter(
    (one) =>
      (isAll || one.key || wanted !== "") &&
      (wanted === "" || name(one.name).toLowerCase().includes(wanted) || one.id.includes(wanted)),
  );
  return (
    <Section id="indicators" title={say("view_indicators")} lead={say("view_indicators_lead")}>
      <div class="filters">
        <SearchBox label={say("view_search")} value={search} onChange={setSearch} />
        <label class="check">
          <input
            type="checkbox"
            checked={isAll}
            onChange={(event) => setIsAll(event.currentTarget.checked)}
          />
          {say("view_all_indicators", indicators.length)}
        </label>
      </div>
      <Table
        caption={say("view_indicators")}
        columns={[
          { id: "indicator", heading: say("view_indicator") },
          { id: "unit", heading: say("view_unit") },
          { id: "course", heading: say("view_course") },
          ...years.map((year) => ({ id: `${year}`, heading: `${year}`, isNumeric: true })),
        ]}
        rows={rows.map((one) => toRow(one, shown, reading))}
      />
    </Section>
  );
}
