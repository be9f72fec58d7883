import type { Distribution } from "../contract";
import { percentText, readerText } from "../number";
import { accent, ink } from "../palette";
import type { Reading } from "../reading";
import type { ChartOption } from "./echarts";
import { axisLook, base } from "./look";

export const distributionHeight = 320;

/** The share of draws below each value, with the nominal value and the bound as upright lines of different dashes. */
export function distributionOption(one: Distribution, reading: Reading): ChartOption {
  const { size, text } = reading.unit(one.unit);
  const marks = [
    { at: one.nominal, word: reading.say("view_nominal"), dash: "solid" as const, position: "end" as const },
    {
      at: one.bound ?? null,
      word: reading.say("view_bound"),
      dash: "dashed" as const,
      position: "insideEndTop" as const,
    },
  ];
  const ends = [
    ...one.quantiles.map(([, value]) => value),
    ...marks.flatMap(({ at }) => (at === null ? [] : [at])),
  ];
  const span = Math.max(...ends) - Math.min(...ends);
  const margin = (span === 0 ? 1 : 0.04 * span) / size;
  return {
    ...base,
    grid: { left: 56, right: 40, top: 34, bottom: 48 },
    xAxis: {
      type: "value",
      scale: true,
      min: Math.min(...ends) / size - margin,
      max: Math.max(...ends) / size + margin,
      name: text,
      nameLocation: "middle",
      nameGap: 28,
      ...axisLook,
      axisLabel: {
        ...axisLook.axisLabel,
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (value: number) => readerText(value),
      },
    },
    yAxis: {
      type: "value",
      min: 0,
      max: 1,
      name: reading.say("view_share_below"),
      ...axisLook,
      nameTextStyle: { ...axisLook.nameTextStyle, align: "left" },
      axisLabel: { ...axisLook.axisLabel, formatter: (value: number) => `${Math.round(100 * value)} %` },
    },
    tooltip: {
      ...base.tooltip,
      trigger: "item",
      formatter: (item) => {
        const [share, value] = one.quantiles[(Array.isArray(item) ? item[0] : item)?.dataIndex ?? -1] ?? [];
        return share === undefined || value === undefined
          ? ""
          : `${percentText(share)}: ${reading.text(value, one.unit)}`;
      },
    },
    series: [
      {
        id: "quantiles",
        type: "line",
        data: one.quantiles.map(([share, value]) => [value / size, share]),
        symbol: "circle",
        symbolSize: 6,
        lineStyle: { color: accent, width: 2 },
        itemStyle: { color: accent },
        markLine: {
          silent: true,
          symbol: "none",
          data: marks.flatMap(({ at, word, dash, position }) =>
            at === null
              ? []
              : [
                  {
                    xAxis: at / size,
                    lineStyle: { color: ink, type: dash, width: 1.5 },
                    label: { formatter: word, position, color: ink, fontSize: 11 },
                  },
                ],
          ),
        },
      },
    ],
  };
}
