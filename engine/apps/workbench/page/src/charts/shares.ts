import type { Name, Shares } from "../contract";
import { percentText } from "../number";
import { confidenceColours, ink } from "../palette";
import { confidenceWords } from "../parts/codes";
import type { Reading } from "../reading";
import type { ChartOption } from "./echarts";
import { axisLook, base } from "./look";

export interface SharedRow {
  id: string;
  name: Name;
  shares: Shares;
}

export function sharesHeight(rows: SharedRow[]): number {
  return rows.length * 26 + 70;
}

/** One bar of 100 % a row: which share of a value rests on figures of which confidence. */
export function sharesOption(rows: SharedRow[], reading: Reading, width: number): ChartOption {
  const labelWidth = width < 600 ? 110 : 220;
  return {
    ...base,
    aria: { enabled: false, decal: { show: false } },
    legend: { top: 0, itemHeight: 10, textStyle: { fontSize: 11 }, selectedMode: false },
    grid: { left: labelWidth + 12, right: 24, top: 34, bottom: 26 },
    tooltip: {
      ...base.tooltip,
      trigger: "item",
      formatter: (item) => {
        const one = Array.isArray(item) ? item[0] : item;
        const row = rows[one?.dataIndex ?? -1];
        return one === undefined || row === undefined
          ? ""
          : `${reading.name(row.name)}\n${one.seriesName ?? ""}: ${percentText(Number(one.value))}`;
      },
    },
    xAxis: {
      type: "value",
      min: 0,
      max: 1,
      ...axisLook,
      axisLabel: { ...axisLook.axisLabel, formatter: (value: number) => `${Math.round(100 * value)} %` },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map((row) => row.id),
      ...axisLook,
      axisTick: { show: false },
      axisLabel: {
        color: ink,
        fontSize: 11,
        width: labelWidth,
        overflow: "truncate",
        formatter: (_id: string, index: number) => {
          const row = rows[index];
          return row === undefined ? "" : reading.name(row.name);
        },
      },
    },
    series: confidenceWords.map((word, kind) => ({
      id: word,
      name: reading.say(word),
      type: "bar" as const,
      stack: "shares",
      barWidth: 14,
      itemStyle: { color: confidenceColours[kind] ?? ink, borderColor: "#ffffff", borderWidth: 1 },
      label: {
        show: true,
        fontSize: 10,
        color: kind < 2 ? "#ffffff" : ink,
        formatter: (item: { value?: unknown }) => {
          const share = Number(item.value);
          return share < 0.08 ? "" : `${Math.round(100 * share)}`;
        },
      },
      data: rows.map((row) => row.shares[kind] ?? 0),
    })),
  };
}
