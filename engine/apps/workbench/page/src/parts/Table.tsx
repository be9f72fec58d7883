import { useMemo, useState } from "preact/hooks";
import { useReading } from "../reading";
import { sortedBy } from "../sort";
import type { Direction } from "../sort";
import { TableHead } from "./TableHead";
import { wordKind } from "./table";
import type { TableContent, TableRow } from "./table";

interface Props extends TableContent {
  caption: string;
  isSortable?: boolean;
  /** Says the caption to a screen reader only, where a heading above has it already. */
  hideCaption?: boolean;
  /** Whether it needs the width of wide paper in spite of few columns. */
  isWide?: boolean;
}

export interface Order {
  column: number;
  direction: Direction;
}

function inOrder(rows: TableRow[], order: Order | null, language: "zh" | "en"): TableRow[] {
  if (order === null) {
    return rows;
  }
  const key = (row: TableRow) => row.cells[order.column]?.key ?? null;
  const sorted = sortedBy(
    rows.filter((row) => row.isSum !== true),
    key,
    order.direction,
    language,
  );
  return [...sorted, ...rows.filter((row) => row.isSum === true)];
}

const wide = 10;
const widest = 19;

/** Wide tables have smaller letters, and print on paper that lies on its side. */
function widthClass(columns: number): string {
  return columns >= widest ? "table-wide table-widest" : columns >= wide ? "table-wide" : "";
}

export function Table({
  caption,
  columns,
  rows,
  isSortable = false,
  hideCaption = true,
  isWide = false,
}: Props) {
  const { language } = useReading();
  const [order, setOrder] = useState<Order | null>(null);
  const shown = useMemo(() => inOrder(rows, order, language), [rows, order, language]);
  const kinds = useMemo(
    () => columns.map((column, index) => (column.isNumeric === true ? "numeric" : wordKind(rows, index))),
    [columns, rows],
  );
  return (
    <div
      class={`table-scroll ${isWide ? "table-wide" : widthClass(columns.length)}`}
      tabIndex={0}
      role="group"
      aria-label={caption}
    >
      <table class="table">
        <caption class={hideCaption ? "visually-hidden" : ""}>{caption}</caption>
        <TableHead columns={columns} order={order} onOrder={isSortable ? setOrder : undefined} />
        <tbody>
          {shown.map((row) => (
            <tr key={row.id} class={row.isSum === true ? "sum" : ""}>
              {row.cells.map((cell, index) => {
                const kind = kinds[index] ?? "";
                return index === 0 ? (
                  <th key={index} scope="row" class={kind}>
                    {cell.view}
                  </th>
                ) : (
                  <td key={index} class={kind}>
                    {cell.view}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
