import { Bullet } from "../charts/Bullet";
import type { Product } from "../contract";
import { gradeWord } from "../parts/codes";
import type { Explanation } from "../parts/explanation";
import { NumberButton } from "../parts/NumberButton";
import { Section } from "../parts/Section";
import { Table } from "../parts/Table";
import { VerdictMark } from "../parts/VerdictMark";
import { wordCell } from "../parts/table";
import type { TableRow } from "../parts/table";
import { useReading } from "../reading";
import type { Reading } from "../reading";

function explanationOf(product: Product): Explanation {
  const inputs = [
    { id: "benchmark", value: product.benchmark },
    { id: "baseline", value: product.baseline },
    ...product.levels.map((value, index) => ({ id: `level_${index + 1}`, value })),
  ];
  return {
    title: {
      zh: `${product.facility.zh} · ${product.name.zh}`,
      en: `${product.facility.en} · ${product.name.en}`,
    },
    value: product.value,
    unit: product.unit,
    inputs: inputs.flatMap((input) =>
      input.value === null ? [] : [{ ...input, unit: product.unit, source: product.edition }],
    ),
    source: product.source,
  };
}

function toRow(product: Product, { say, name, unit }: Reading): TableRow {
  const explanation = explanationOf(product);
  const number = (value: number | null) => ({
    key: value,
    view: <NumberButton value={value} unit={product.unit} explanation={explanation} hideUnit />,
  });
  const word = product.grade === null ? undefined : gradeWord(product.grade);
  const grade = word === undefined ? (product.grade ?? "") : say(word);
  return {
    id: product.id,
    cells: [
      wordCell(name(product.facility)),
      wordCell(name(product.name)),
      { key: product.value, view: <Bullet product={product} /> },
      number(product.value),
      number(product.benchmark),
      number(product.baseline),
      wordCell(unit(product.unit).text),
      wordCell(grade),
      { key: product.verdict, view: <VerdictMark verdict={product.verdict} /> },
      wordCell(product.edition),
    ],
  };
}

export function Standards({ products, year }: { products: Product[]; year: number }) {
  const reading = useReading();
  const { say } = reading;
  return (
    <Section id="standards" title={say("view_standards", year)} lead={say("view_standards_lead")}>
      <p class="legend">
        <span class="key key-good">{say("view_band_good")}</span>
        <span class="key key-middle">{say("view_band_middle")}</span>
        <span class="key key-bad">{say("view_band_bad")}</span>
        <span class="key key-value-bar">{say("view_value")}</span>
      </p>
      <Table
        caption={say("view_standards", year)}
        isSortable
        columns={[
          { id: "plant", heading: say("view_plant") },
          { id: "standard", heading: say("view_standard") },
          { id: "bullet", heading: say("view_against_standard") },
          { id: "value", heading: say("view_value"), isNumeric: true },
          { id: "benchmark", heading: say("view_benchmark"), isNumeric: true },
          { id: "baseline", heading: say("view_baseline"), isNumeric: true },
          { id: "unit", heading: say("view_unit") },
          { id: "grade", heading: say("view_grade") },
          { id: "verdict", heading: say("view_verdict") },
          { id: "edition", heading: say("view_edition") },
        ]}
        rows={products.map((product, index) => ({ ...toRow(product, reading), id: `${index}` }))}
      />
    </Section>
  );
}
