import type { TraceInput } from "../contract";
import { exactText } from "../number";
import { useReading } from "../reading";
import { Table } from "./Table";
import { wordCell } from "./table";

/** The inputs of a formula, exactly as the engine used them. */
export function InputTable({ inputs }: { inputs: TraceInput[] }) {
  const { say } = useReading();
  if (inputs.length === 0) {
    return null;
  }
  const hasUnits = inputs.some((input) => input.unit !== "");
  const hasSources = inputs.some((input) => input.source !== "");
  return (
    <>
      <h3>{say("view_inputs")}</h3>
      <Table
        caption={say("view_inputs")}
        columns={[
          { id: "id", heading: say("view_input") },
          { id: "value", heading: say("view_value"), isNumeric: true },
          ...(hasUnits ? [{ id: "unit", heading: say("view_unit") }] : []),
          ...(hasSources ? [{ id: "source", heading: say("view_source") }] : []),
        ]}
        rows={inputs.map((input, index) => ({
          id: `${index}`,
          cells: [
            { key: input.id, view: <code>{input.id}</code> },
            { key: input.value, view: exactText(input.value) },
            ...(hasUnits ? [wordCell(input.unit)] : []),
            ...(hasSources ? [wordCell(input.source)] : []),
          ],
        }))}
      />
    </>
  );
}
