import type { Cell, NumberCell, Part } from "../contract";
import type { Reading } from "../reading";
import { ofTrace } from "./explanation";
import { NumberButton } from "./NumberButton";
import { TracedWord } from "./TracedWord";
import type { TableCell, TableContent } from "./table";

export function isNumber(cell: Cell | undefined): cell is NumberCell {
  return cell !== undefined && "v" in cell;
}

/** The one unit of a column, or null if its numbers have several. */
function columnUnit(part: Part, index: number): string | null {
  const units = new Set<string>();
  for (const row of part.rows) {
    const cell = row.cells[index];
    if (isNumber(cell) && cell.v !== null) {
      units.add(cell.u);
    }
  }
  const [only] = units;
  return units.size === 1 && only !== undefined ? only : null;
}

function isNumericColumn(part: Part, index: number): boolean {
  return part.rows.some((row) => isNumber(row.cells[index]));
}

/** What a reader is told of a row when one of its numbers is asked for: its first words, and the heading of the column. */
function cellTitle(part: Part, row: Part["rows"][number], index: number) {
  const first = row.cells[0];
  const heading = part.columns[index]?.heading ?? part.title;
  if (first === undefined || isNumber(first)) {
    return heading;
  }
  return { zh: `${first.t.zh} · ${heading.zh}`, en: `${first.t.en} · ${heading.en}` };
}

/** A form of the engine as a table of the page. A unit that all numbers of a column share stands in its heading. */
export function partContent(part: Part, { name, unit, say }: Reading): TableContent {
  const shared = part.columns.map((_, index) => columnUnit(part, index));
  const columns = part.columns.map((column, index) => {
    const own = shared[index];
    const text = own === null || own === undefined ? "" : unit(own).text;
    const heading = name(column.heading);
    return {
      id: column.id,
      heading: text === "" ? heading : say("view_heading_with_unit", heading, text),
      isNumeric: isNumericColumn(part, index),
    };
  });
  const toCell = (row: Part["rows"][number], cell: Cell, index: number): TableCell => {
    const title = cellTitle(part, row, index);
    if (isNumber(cell)) {
      const trace = cell.trace;
      const explanation = trace === undefined ? undefined : ofTrace(title, cell.v, cell.u, trace, cell.basis);
      return {
        key: cell.v,
        view: (
          <NumberButton
            value={cell.v}
            unit={cell.u}
            explanation={explanation}
            hideUnit={shared[index] !== null}
          />
        ),
      };
    }
    const text = name(cell.t);
    return { key: text, view: <TracedWord cell={cell} title={title} /> };
  };
  const rows = part.rows.map((row) => ({
    id: row.id,
    isSum: row.sum === true,
    cells: row.cells.map((cell, index) => toCell(row, cell, index)),
  }));
  return { columns, rows };
}
