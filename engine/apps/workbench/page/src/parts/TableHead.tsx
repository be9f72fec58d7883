import type { Order } from "./Table";
import type { TableColumn } from "./table";

interface Props {
  columns: TableColumn[];
  order: Order | null;
  /** Absent where the order of the rows says something itself. */
  onOrder: ((order: Order) => void) | undefined;
}

const arrow = { ascending: "▲", descending: "▼" } as const;

export function TableHead({ columns, order, onOrder }: Props) {
  return (
    <thead>
      <tr>
        {columns.map((column, index) => {
          const direction = order?.column === index ? order.direction : undefined;
          const kind = column.isNumeric === true ? "numeric" : "";
          if (onOrder === undefined) {
            return (
              <th key={column.id} scope="col" class={kind}>
                {column.heading}
              </th>
            );
          }
          const next = direction === "descending" ? "ascending" : "descending";
          const first = column.isNumeric === true ? "descending" : "ascending";
          return (
            <th key={column.id} scope="col" class={kind} aria-sort={direction ?? "none"}>
              <button
                type="button"
                class="sort"
                onClick={() => onOrder({ column: index, direction: direction === undefined ? first : next })}
              >
                {column.heading}
                <span aria-hidden="true" class="sort-arrow">
                  {direction === undefined ? "↕" : arrow[direction]}
                </span>
              </button>
              {/* A browser repeats a heading on each sheet of paper, but no button in it. */}
              <span aria-hidden="true" class="sort-printed">
                {column.heading}
              </span>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
