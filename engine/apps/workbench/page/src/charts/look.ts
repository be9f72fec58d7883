import { faintInk, ink, rule } from "../palette";
import type { ChartOption } from "./echarts";

export const fontFamily =
  '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif';

/** What all charts share. Nothing moves, so that nobody has to ask for less motion and print shows what is there. */
export const base: ChartOption = {
  animation: false,
  textStyle: { fontFamily, color: ink, fontSize: 12 },
  // Rich text is drawn, not parsed: no name in the data can become markup, and a strict content policy holds.
  tooltip: {
    renderMode: "richText",
    confine: true,
    backgroundColor: "#ffffff",
    borderColor: rule,
    borderWidth: 1,
    textStyle: { color: ink, fontSize: 12, fontFamily },
  },
};

export const axisLook = {
  axisLine: { lineStyle: { color: faintInk } },
  axisTick: { lineStyle: { color: faintInk } },
  axisLabel: { color: faintInk, fontSize: 11 },
  splitLine: { lineStyle: { color: "#e8edf2" } },
  nameTextStyle: { color: faintInk, fontSize: 11 },
} as const;
