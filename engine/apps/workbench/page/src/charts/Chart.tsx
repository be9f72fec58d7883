import { useCallback, useRef, useState } from "preact/hooks";
import { Table } from "../parts/Table";
import type { TableContent } from "../parts/table";
import { useReading } from "../reading";
import type { ChartOption, Picked } from "./echarts";
import { useDrawing } from "./use_drawing";

interface Props {
  /** What the chart shows, for who cannot see it. */
  label: string;
  draw: (width: number) => ChartOption;
  height: number;
  /** The data of the chart. */
  table: () => TableContent;
  onPick?: (picked: Picked) => void;
}

/** A chart, and the same as a table for whoever prefers it. */
export function Chart({ label, draw, height, table, onPick }: Props) {
  const { say } = useReading();
  const element = useRef<HTMLDivElement>(null);
  const [isTable, setIsTable] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const heightOf = useCallback(() => height, [height]);
  useDrawing(element, {
    draw,
    height: heightOf,
    onPick,
    onFailure: (error) => {
      console.error(error);
      setHasFailed(true);
    },
  });
  const showsTable = isTable || hasFailed;
  return (
    <figure class="chart">
      <div
        ref={element}
        class="chart-drawing"
        role="img"
        aria-label={label}
        hidden={hasFailed}
        style={{ minHeight: `${height}px` }}
      />
      <button
        type="button"
        class="quiet chart-toggle"
        aria-expanded={showsTable}
        onClick={() => setIsTable(!isTable)}
      >
        {say(showsTable ? "view_hide_table" : "view_show_table")}
      </button>
      {showsTable && <Table caption={label} {...table()} isSortable />}
    </figure>
  );
}
