import { accent, faintInk, ink } from "../palette";
import { readerText } from "../number";
import type { Reading } from "../reading";
import type { ChartOption } from "./echarts";
import { axisLook, base } from "./look";

/** A step of a waterfall in the reader's unit: a total stands on the ground, a change on the step before it. */
export interface Step {
  name: string;
  detail?: string;
  value: number;
  isTotal: boolean;
}

const rowHeight = 28;

export function waterfallHeight(steps: Step[]): number {
  return steps.length * rowHeight + 60;
}

interface Placed extends Step {
  from: number;
  to: number;
}

/** Where each step begins and ends. */
export function placed(steps: Step[]): Placed[] {
  let level = 0;
  return steps.map((step) => {
    const from = step.isTotal ? 0 : level;
    level = step.isTotal ? step.value : level + step.value;
    return { ...step, from, to: level };
  });
}

function signed(step: Step): string {
  const text = readerText(step.value);
  return step.isTotal || step.value <= 0 ? text : `+${text}`;
}

/** Lies on its side, since the names of the steps are long. Rises are full, falls are hatched by their outline. */
export function waterfallOption(steps: Step[], unit: string, width: number, { say }: Reading): ChartOption {
  const bars = placed(steps);
  const labelWidth = width < 600 ? 110 : 260;
  // The axis ends where the changes can be told apart: it begins at zero only if that costs little.
  const ends = bars.flatMap((bar) => (bar.isTotal ? [bar.to] : [bar.from, bar.to]));
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const isCut = low > 0 && high - low < 0.25 * low;
  const floor = isCut ? low - 0.35 * (high - low) : Math.min(0, low);
  const colour = (bar: Placed) => (bar.isTotal ? accent : bar.value >= 0 ? "#b5651d" : "#ffffff");
  return {
    ...base,
    grid: { left: labelWidth + 12, right: 76, top: 8, bottom: 40 },
    tooltip: {
      ...base.tooltip,
      trigger: "item",
      formatter: (item) => {
        const bar = bars[(Array.isArray(item) ? item[0] : item)?.dataIndex ?? -1];
        return bar === undefined
          ? ""
          : [bar.name, bar.detail, `${signed(bar)} ${unit}`]
              .filter((line) => line !== undefined && line !== "")
              .join("\n");
      },
    },
    xAxis: {
      type: "value",
      min: floor,
      scale: true,
      name: isCut ? `${unit} ${say("view_axis_cut")}` : unit,
      nameLocation: "middle",
      nameGap: 24,
      ...axisLook,
      axisLabel: {
        ...axisLook.axisLabel,
        formatter: (value: number) => readerText(value),
        hideOverlap: true,
        showMinLabel: false,
      },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: bars.map((_, index) => `${index}`),
      ...axisLook,
      axisTick: { show: false },
      axisLabel: {
        color: ink,
        fontSize: 11,
        width: labelWidth,
        overflow: "truncate",
        formatter: (index: string) => bars[Number(index)]?.name ?? "",
      },
    },
    series: [
      {
        id: "steps",
        type: "custom",
        encode: { x: [1, 2], y: 0 },
        data: bars.map((bar, index) => [index, bar.from, bar.to]),
        renderItem: (_parameters, api) => {
          const index = Number(api.value(0));
          const bar = bars[index];
          if (bar === undefined) {
            return null;
          }
          const [x1 = 0, y = 0] = api.coord([Math.max(bar.from, floor), index]);
          const [x2 = 0] = api.coord([Math.max(bar.to, floor), index]);
          const left = Math.min(x1, x2);
          const right = Math.max(x1, x2);
          const thickness = 16;
          return {
            type: "group",
            children: [
              {
                type: "rect",
                shape: { x: left, y: y - thickness / 2, width: Math.max(1, right - left), height: thickness },
                style: {
                  fill: colour(bar),
                  stroke: bar.isTotal ? accent : bar.value >= 0 ? "#7d4310" : "#1f6b45",
                  lineWidth: 1.5,
                },
              },
              {
                type: "text",
                style: {
                  text: signed(bar),
                  x: right + 5,
                  y,
                  verticalAlign: "middle",
                  fill: bar.isTotal ? ink : faintInk,
                  fontSize: 11,
                },
              },
            ],
          };
        },
      },
    ],
  };
}
