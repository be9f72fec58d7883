import type { ComponentChildren } from "preact";
import type { SortKey } from "../sort";

/** What a table of the page is made of, whatever its figures come from. */
export interface TableColumn {
  id: string;
  heading: string;
  isNumeric?: boolean;
}

export interface TableCell {
  key: SortKey;
  view: ComponentChildren;
}

export interface TableRow {
  id: string;
  isSum?: boolean;
  cells: TableCell[];
}

const shortWords = 9;
const longWords = 24;
const longestWords = 70;

/**
 * How the words of a column stand: short ones in one line, long ones with room, so that a narrow window does not break
 * them into towers.
 */
export function wordKind(rows: TableRow[], column: number): string {
  const lengths = rows.map(({ cells }) => {
    const key = cells[column]?.key;
    return typeof key === "string" ? key.length : 0;
  });
  const most = Math.max(0, ...lengths);
  return most > longestWords ? "longest" : most > longWords ? "long" : most > shortWords ? "" : "short";
}

export interface TableContent {
  columns: TableColumn[];
  rows: TableRow[];
}

/** A cell that shows its words as they are. */
export function wordCell(text: string): TableCell {
  return { key: text, view: text };
}
