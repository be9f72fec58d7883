// The parts of ECharts that the page draws with; nothing else gets into the bundle.

import { BarChart, CustomChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import type {
  BarSeriesOption,
  CustomSeriesOption,
  LineSeriesOption,
  SankeySeriesOption,
  ScatterSeriesOption,
} from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from "echarts/components";
import type {
  AriaComponentOption,
  GridComponentOption,
  LegendComponentOption,
  TooltipComponentOption,
} from "echarts/components";
import { init, use } from "echarts/core";
import type { ComposeOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([
  AriaComponent,
  BarChart,
  CustomChart,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  SankeyChart,
  ScatterChart,
  SVGRenderer,
  TooltipComponent,
]);

export type ChartOption = ComposeOption<
  | AriaComponentOption
  | BarSeriesOption
  | CustomSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | LineSeriesOption
  | SankeySeriesOption
  | ScatterSeriesOption
  | TooltipComponentOption
>;

/** What of a chart was clicked. */
export interface Picked {
  seriesId: string;
  dataIndex: number;
  /** "node" or "edge" in a Sankey. */
  dataType: string | undefined;
}

export interface Drawing {
  show(option: ChartOption): void;
  resize(width: number, height: number): void;
  onPick(pick: (picked: Picked) => void): void;
  dispose(): void;
}

/** A drawing in SVG, which prints sharply and can be searched. */
export function makeDrawing(element: HTMLElement, width: number, height: number): Drawing {
  const chart = init(element, null, { renderer: "svg", width, height });
  return {
    show: (option) => chart.setOption(option, { notMerge: true }),
    resize: (newWidth, newHeight) => chart.resize({ width: newWidth, height: newHeight }),
    onPick: (pick) => {
      chart.on("click", (event) =>
        pick({ seriesId: event.seriesId ?? "", dataIndex: event.dataIndex, dataType: event.dataType }),
      );
    },
    dispose: () => chart.dispose(),
  };
}
