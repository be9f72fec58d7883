import type { Front } from "../contract";
import { readerText } from "../number";
import { accent, ink, paleAccent } from "../palette";
import type { Reading } from "../reading";
import type { ChartOption } from "./echarts";
import { axisLook, base } from "./look";

export const frontHeight = 380;

const namesInTooltip = 12;

type Goal = Front["goals"][number];

function axis(goal: Goal, reading: Reading) {
  const { text } = reading.unit(goal.unit);
  const sense = reading.say(goal.maximise ? "view_more_is_better" : "view_less_is_better");
  const name = reading.name(goal.name);
  const measured = text === "" ? name : reading.say("view_heading_with_unit", name, text);
  return {
    type: "value" as const,
    scale: true,
    name: `${measured} · ${sense}`,
    nameLocation: "middle" as const,
    ...axisLook,
    axisLabel: { ...axisLook.axisLabel, formatter: (value: number) => readerText(value) },
  };
}

/** Two goals along the axes; a third by the size of the points, which it labels too. */
export function frontOption(front: Front, reading: Reading): ChartOption {
  const [first, second, third] = front.goals;
  if (first === undefined || second === undefined) {
    return base;
  }
  const sizes = front.goals.map((goal) => reading.unit(goal.unit).size);
  const scaled = (values: number[]) => values.map((value, goal) => value / (sizes[goal] ?? 1));
  const thirds = front.points.map((point) => point.values[2] ?? 0);
  const low = Math.min(...thirds);
  const high = Math.max(...thirds);
  const symbolSize = (value: number) =>
    third === undefined || high === low ? 10 : 8 + (20 * (value - low)) / (high - low);
  const points = front.points.map((point) => ({
    value: scaled(point.values),
    symbolSize: symbolSize(point.values[2] ?? 0),
  }));
  const order = [...points].sort((a, b) => (a.value[0] ?? 0) - (b.value[0] ?? 0));
  return {
    ...base,
    grid: { left: 84, right: 30, top: 16, bottom: 52 },
    xAxis: { ...axis(first, reading), nameGap: 28 },
    yAxis: { ...axis(second, reading), nameGap: 62 },
    tooltip: {
      ...base.tooltip,
      trigger: "item",
      formatter: (item) => {
        const point = front.points[(Array.isArray(item) ? item[0] : item)?.dataIndex ?? -1];
        if (point === undefined) {
          return "";
        }
        const goals = front.goals.map(
          (goal, index) =>
            `${reading.name(goal.name)}: ${reading.text(point.values[index] ?? null, goal.unit)}`,
        );
        const projects = point.projects
          .slice(0, namesInTooltip)
          .map((project) => `· ${reading.name(project)}`);
        const more = point.projects.length - projects.length;
        return [...goals, ...projects, ...(more > 0 ? [reading.say("view_and_more", more)] : [])].join("\n");
      },
    },
    series: [
      ...(third === undefined
        ? [
            {
              id: "front",
              type: "line" as const,
              data: order.map((point) => point.value),
              symbol: "none",
              silent: true,
              lineStyle: { color: paleAccent, width: 1.5 },
            },
          ]
        : []),
      {
        id: "points",
        type: "scatter",
        cursor: "pointer",
        data: points,
        itemStyle: { color: accent, borderColor: "#ffffff", borderWidth: 1, opacity: 0.85 },
        label: {
          show: true,
          position: "right",
          fontSize: 10,
          color: ink,
          formatter: ({ dataIndex }) => `${dataIndex + 1}`,
        },
        labelLayout: { hideOverlap: true },
      },
    ],
  };
}
