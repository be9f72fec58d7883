import type { Judgement, Policy, Verdict } from "../contract";
import { readerText } from "../number";
import { accent, faintInk, ink, verdictColour } from "../palette";
import type { Reading } from "../reading";
import { verdictWord } from "../parts/codes";
import type { ChartOption } from "./echarts";
import { axisLook, base } from "./look";

export const pathHeight = 250;

interface Point {
  index: number;
  judgement: Judgement;
  value: number | null;
  bound: number | null;
}

type Corner = [x: number, y: number];

/** The area between value and bound from one year to the next, cut where they cross. */
export function marginAreas(a: Point, b: Point): { corners: Corner[]; isAbove: boolean }[] {
  if (a.value === null || a.bound === null || b.value === null || b.bound === null) {
    return [];
  }
  const before = a.value - a.bound;
  const after = b.value - b.bound;
  if (before * after >= 0) {
    const corners: Corner[] = [
      [a.index, a.value],
      [b.index, b.value],
      [b.index, b.bound],
      [a.index, a.bound],
    ];
    return [{ corners, isAbove: before + after > 0 }];
  }
  const share = before / (before - after);
  const crossing: Corner = [a.index + share * (b.index - a.index), a.value + share * (b.value - a.value)];
  return [
    { corners: [[a.index, a.value], crossing, [a.index, a.bound]], isAbove: before > 0 },
    { corners: [crossing, [b.index, b.value], [b.index, b.bound]], isAbove: after > 0 },
  ];
}

const symbols: Record<Verdict, { symbol: string; size: number; isHollow: boolean }> = {
  met: { symbol: "circle", size: 8, isHollow: false },
  missed: { symbol: "triangle", size: 11, isHollow: false },
  undetermined: { symbol: "diamond", size: 10, isHollow: true },
  not_applicable: { symbol: "circle", size: 5, isHollow: true },
};

/** The years in which the policy holds and something is known; figures in the reader's unit. */
export function pointsOf(policy: Policy, size: number): Point[] {
  return policy.years.flatMap((judgement, index) => {
    if (judgement === null || (judgement.value === null && judgement.bound === null)) {
      return [];
    }
    const scaled = (value: number | null) => (value === null ? null : value / size);
    return [{ index, judgement, value: scaled(judgement.value), bound: scaled(judgement.bound) }];
  });
}

/** Value by year against the bound: the room between is light where the policy is kept, and hatched by darkness where it is not. */
export function pathOption(policy: Policy, years: number[], year: number, reading: Reading): ChartOption {
  const { size, text } = reading.unit(policy.unit);
  const points = pointsOf(policy, size);
  const byYear = new Map(points.map((point) => [point.index, point]));
  const line = (pick: (point: Point) => number | null) =>
    years.map((_, index) => {
      const point = byYear.get(index);
      return point === undefined ? null : pick(point);
    });
  const areas = points.slice(1).flatMap((point, index) => {
    const before = points[index];
    return before === undefined || point.index !== before.index + 1 ? [] : marginAreas(before, point);
  });
  const isMissed = (isAbove: boolean) => isAbove === policy.upper;
  const chosen = years.indexOf(year);
  return {
    ...base,
    grid: { left: 62, right: 16, top: 30, bottom: 28 },
    xAxis: {
      type: "category",
      data: years.map(String),
      boundaryGap: true,
      ...axisLook,
    },
    yAxis: {
      type: "value",
      scale: true,
      name: text,
      nameGap: 12,
      ...axisLook,
      nameTextStyle: { ...axisLook.nameTextStyle, align: "left" },
      axisLabel: { ...axisLook.axisLabel, formatter: (value: number) => readerText(value) },
    },
    tooltip: {
      ...base.tooltip,
      trigger: "axis",
      formatter: (items) => {
        const index = (Array.isArray(items) ? items[0] : items)?.dataIndex ?? -1;
        const point = byYear.get(index);
        if (point === undefined) {
          return `${years[index] ?? ""}`;
        }
        const { value, bound, margin, verdict } = point.judgement;
        return [
          `${years[index]}: ${reading.say(verdictWord[verdict])}`,
          `${reading.say("view_value")}: ${reading.text(value, policy.unit)}`,
          `${reading.say("view_bound")}: ${reading.text(bound, policy.unit)}`,
          `${reading.say("view_margin")}: ${reading.text(margin, policy.unit)}`,
        ].join("\n");
      },
    },
    series: [
      {
        id: "margin",
        type: "custom",
        silent: true,
        data: areas.map((_, index) => [index]),
        encode: { tooltip: [] },
        // The corners are placed by index of year, so that the series needs no axis values of its own.
        renderItem: (parameters, api) => {
          const area = areas[parameters.dataIndex];
          if (area === undefined) {
            return null;
          }
          const [x0 = 0] = api.coord([0, 0]);
          const [x1 = x0] = years.length > 1 ? api.coord([1, 0]) : [x0];
          const points = area.corners.map(([x, y]) => [x0 + x * (x1 - x0), api.coord([0, y])[1] ?? 0]);
          const missed = isMissed(area.isAbove);
          return {
            type: "polygon",
            shape: { points },
            style: { fill: missed ? "#d99a9a" : "#dbe8dd", opacity: missed ? 0.7 : 0.8 },
          };
        },
      },
      {
        id: "bound",
        type: "line",
        data: line((point) => point.bound),
        // A short stroke at each year, which shows the bound of a year that stands alone too.
        symbol: "rect",
        symbolSize: [14, 2],
        lineStyle: { color: ink, type: "dashed", width: 1.5 },
        itemStyle: { color: ink },
      },
      {
        id: "value",
        type: "line",
        data: line((point) => point.value),
        symbol: "none",
        lineStyle: { color: accent, width: 2 },
        itemStyle: { color: accent },
        ...(chosen < 0
          ? {}
          : {
              markLine: {
                silent: true,
                symbol: "none",
                data: [{ xAxis: chosen }],
                label: { show: false },
                lineStyle: { color: faintInk, type: "dotted" as const, width: 1 },
              },
            }),
      },
      {
        id: "verdicts",
        type: "scatter",
        cursor: "pointer",
        data: years.map((_, index) => {
          const point = byYear.get(index);
          if (point === undefined) {
            return { value: [index, null] };
          }
          const { symbol, size: symbolSize, isHollow } = symbols[point.judgement.verdict];
          const colour = verdictColour[point.judgement.verdict];
          return {
            value: [index, point.value ?? point.bound],
            symbol,
            symbolSize,
            itemStyle: { color: isHollow ? "#ffffff" : colour, borderColor: colour, borderWidth: 1.5 },
          };
        }),
        z: 5,
      },
    ],
  };
}
