// Tables of an invented district, for the development of the page.

import type { Cell, Name, Part, Trace } from "../src/contract";
import { generator } from "./fixture_flows";

export const word = (zh: string, en: string, id?: string): Cell => ({
  t: { zh, en },
  ...(id === undefined ? {} : { id }),
});
export const number = (v: number | null, u: string, trace?: Trace): Cell => ({
  v,
  u,
  ...(trace === undefined ? {} : { trace }),
});
const heading = (id: string, zh: string, en: string) => ({ id, heading: { zh, en } });

export const trace: Trace = {
  formula: "E / GDP = energy_controlled / gdp_constant",
  inputs: [
    { id: "energy_controlled", value: 6123456.789, unit: "tce", source: "model, 2030" },
    { id: "gdp_constant", value: 24512345678.9, unit: "CNY", source: "region.yaml:31, 5 % a year" },
  ],
  source: "内蒙古自治区“十五五”能耗双控方案(征求意见稿)第三条",
};

export function screen(): Part {
  const row = (id: string, title: Cell, value: Cell, zh: string, en: string) => ({
    id,
    cells: [title, value, word(zh, en)],
  });
  return {
    id: "first_screen",
    title: { zh: "首屏", en: "At a glance" },
    columns: [
      heading("item", "项目", "item"),
      heading("value", "数值", "value"),
      heading("remark", "说明", "remark"),
    ],
    rows: [
      row(
        "verdict",
        word("结论", "verdict"),
        word("不达标", "missed", "missed"),
        "未达：能耗强度降幅、规上能耗总量；待定：用水总量",
        "missed: drop of intensity, total energy; open: water",
      ),
      row(
        "intensity",
        word("能耗强度", "energy intensity"),
        number(1.234, "tce/万元", trace),
        "进度目标 1.18，差距 0.054(负为不足)",
        "due 1.18, gap 0.054",
      ),
      row(
        "budget",
        word("能耗预算余量", "budget left"),
        number(-123456, "tce", trace),
        "指标 520 万吨标煤，已批未建 31 万吨标煤，拟建 18 万吨标煤",
        "quota 5.2 Mtce, approved 0.31 Mtce, proposed 0.18 Mtce",
      ),
      row(
        "carbon",
        word("碳排放总量", "CO2 in total"),
        number(15234567, "t", trace),
        "碳强度较 2025 年下降 9.3 %，目标 12 %",
        "carbon intensity down by 9.3 % since 2025; target 12 %",
      ),
      row(
        "projects",
        word("拉动最大的项目", "heaviest projects"),
        word(
          "煤制烯烃一体化、焦化升级改造、BDO 扩建、合成氨、硅基新材料",
          "MTO, coking upgrade, BDO, ammonia, silicon",
        ),
        "五个项目合计新增 98 万吨标煤，占增量 71 %",
        "together 0.98 Mtce, 71 % of the rise",
      ),
      row(
        "barriers",
        word("硬约束与政策障碍", "barriers"),
        number(3, "1"),
        "等量置换未落实；2 个项目低于标杆水平",
        "replacement not covered; two projects below the benchmark",
      ),
      row(
        "room",
        word("腾挪空间", "room to move"),
        number(412000, "tce", trace),
        "关停两台 4.3 米焦炉 18 万吨标煤；技改 12 万；绿电 11 万",
        "two old ovens 0.18 Mtce; retrofit 0.12; green power 0.11",
      ),
      row(
        "confidence",
        word("待核数据", "to be checked"),
        number(17, "1"),
        "假设占 38 %，首要：2025 年规上能耗、GDP 不变价",
        "38 % assumptions; first: energy and GDP of 2025",
      ),
    ],
    notes: [],
  };
}

export function projects(): Part {
  const random = generator(3);
  const rows = Array.from({ length: 46 }, (_, index) => ({
    id: `b${index}_project`,
    cells: [
      word(
        `项目${index + 1}：${["煤焦油深加工", "10万吨/年BDO", "焦炉升级改造", "光伏制氢", "电石渣制水泥"][index % 5] ?? ""}`,
        `Project ${index + 1}`,
      ),
      word(["拟建", "在建", "已批"][index % 3] ?? "", ["proposed", "building", "approved"][index % 3] ?? ""),
      number(2023 + (index % 9), "year"),
      number(1e8 * Math.round(80 * random()), "CNY"),
      number(2e5 * random(), "tce", trace),
      number(4e5 * random(), "t"),
      number(9e8 * random(), "CNY"),
      number(index % 7 === 0 ? null : 0.3 * random(), "1"),
      word("满足", "kept", index % 4 === 0 ? "missed" : "met"),
    ],
  }));
  return {
    id: "projects",
    title: { zh: "项目", en: "Projects" },
    columns: [
      heading("project", "项目", "project"),
      heading("status", "状态", "status"),
      heading("start", "投产年", "start"),
      heading("capex", "投资", "capex"),
      heading("energy", "新增能耗", "energy"),
      heading("co2", "新增CO2", "CO2"),
      heading("value_added", "增加值", "value added"),
      heading("irr", "内部收益率", "IRR"),
      heading("access", "准入", "access"),
    ],
    rows,
    notes: [{ zh: "投资为静态投资。", en: "Capex without interest." }],
  };
}

/** A form of numbers: its rows by name, its columns in one unit. */
export function sheet(
  id: string,
  title: Name,
  rows: Name[],
  columns: Name[],
  unit: string,
  seed: number,
): Part {
  const random = generator(seed);
  return {
    id,
    title,
    columns: [
      heading("item", "项目", "item"),
      ...columns.map((one, index) => ({ id: `c${index}`, heading: one })),
    ],
    rows: rows.map((name, index) => ({
      id: `r${index}`,
      ...(index === rows.length - 1 ? { sum: true } : {}),
      cells: [{ t: name }, ...columns.map(() => number(random() < 0.2 ? null : 1e6 * random(), unit))],
    })),
    notes: [{ zh: "注：按 GB/T 2589-2020 计算。", en: "By GB/T 2589-2020." }],
  };
}

const same = (text: string): Name => ({ zh: text, en: text });

export function balance(year: number): Part {
  const lines = [
    "可供本地区消费的能源量",
    "年初库存",
    "外省调入",
    "本省调出",
    "加工转换投入(-)产出(+)",
    "火力发电",
    "供热",
    "洗选煤",
    "炼焦",
    "损失量",
    "终端消费量",
    "第二产业",
    "工业",
    "居民生活",
    "平衡差额",
  ];
  const carriers = [
    "原煤",
    "洗精煤",
    "焦炭",
    "焦炉煤气",
    "煤焦油",
    "粗苯",
    "天然气",
    "氢气",
    "热力",
    "电力",
    "其他能源",
    "合计(当量值)",
    "合计(等价值)",
  ];
  return sheet(
    "balance",
    { zh: "能源平衡表", en: "Energy balance" },
    lines.map(same),
    carriers.map(same),
    "tce",
    year,
  );
}

export function bridge(): Part {
  const steps: [string, string, number, boolean?][] = [
    ["规上工业综合能耗", "enterprises above scale", 5.1e6, true],
    ["规下工业", "below scale", 2.1e5],
    ["建筑业与第三产业", "services", 3.3e5],
    ["居民生活", "households", 2.4e5],
    ["加工转换损失口径差", "transformation, counted otherwise", -1.6e5],
    ["全社会能源消费总量", "whole society", 5.72e6, true],
    ["原料用能扣除", "raw material", -9.2e5],
    ["非化石能源扣除", "non-fossil", -3.1e5],
    ["考核口径能耗", "as controlled", 4.49e6, true],
  ];
  return {
    id: "bridge",
    title: { zh: "口径桥接", en: "Bridge of the boundaries" },
    columns: [
      heading("item", "项目", "item"),
      heading("equivalent", "等价值", "equivalent"),
      heading("calorific", "当量值", "calorific"),
    ],
    rows: steps.map(([zh, en, value, sum], index) => ({
      id: `${index}`,
      ...(sum === true ? { sum } : {}),
      cells: [word(zh, en), number(value, "tce"), number(0.9 * value, "tce")],
    })),
    notes: [],
  };
}
