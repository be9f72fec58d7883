// Indicators, policies and standards of an invented district, for the development of the page.

import type { Basis, Indicator, Judgement, Policy, Product, Shares, Verdict } from "../src/contract";
import { generator } from "./fixture_flows";

export const years = [2020, 2024, 2025, 2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033, 2035];
const random = generator(42);

export const indicatorKinds: [id: string, zh: string, en: string, unit: string, size: number][] = [
  ["energy_controlled", "能源消费总量(考核口径)", "energy, as controlled", "tce", 5.2e6],
  ["energy_intensity", "单位GDP能耗", "energy per GDP", "tce/万元", 1.9],
  ["co2_total", "二氧化碳排放总量", "CO2", "t", 1.6e7],
  ["gdp", "地区生产总值(不变价)", "GDP, constant prices", "CNY", 2.4e10],
  ["value_added", "工业增加值", "value added", "CNY", 1.3e10],
  ["water_fresh", "新鲜水取用量", "fresh water", "m3", 3.4e7],
  ["local_conversion_coke", "焦炭就地转化率", "coke converted locally", "1", 0.31],
  ["jobs", "就业人数", "jobs", "person", 21345],
  ["so2", "二氧化硫排放量", "SO2", "t", 4321],
];

export function indicator(
  [id, zh, en, unit, size]: (typeof indicatorKinds)[number],
  index: number,
): Indicator {
  return {
    id,
    name: { zh, en },
    unit,
    key: index < 8,
    values: years.map((year) =>
      year === 2020 && index === 6 ? null : size * (0.9 + 0.02 * (year - 2020) + 0.05 * random()),
    ),
    confidence: years.map((): Shares => [0.22, 0.11, 0.3, 0.2 + 0.01 * index, 0.17 - 0.01 * index]),
    basis: years.map((year): Basis => (year < 2025 ? "actual" : year < 2026 ? "expected" : "planned")),
  };
}

function judgement(value: number | null, bound: number | null, upper: boolean): Judgement {
  const margin = value === null || bound === null ? null : upper ? bound - value : value - bound;
  const verdict: Verdict = margin === null ? "undetermined" : margin >= 0 ? "met" : "missed";
  return {
    value,
    bound,
    margin,
    formula: upper ? "E_controlled <= bound" : "1 - (E/GDP) / (E_0/GDP_0) >= R",
    inputs: { E_controlled: value ?? Number.NaN, bound: bound ?? 0 },
    verdict,
    illustration: verdict === "met" && random() < 0.3,
    missing: verdict === "undetermined" ? ["E_0", "GDP_0"] : [],
    basis: "planned",
  };
}

export const policyKinds: [
  id: string,
  zh: string,
  en: string,
  group: Policy["group"],
  indicator: string,
  unit: string,
  size: number,
  upper: boolean,
][] = [
  [
    "energy_cap",
    "能源消费总量控制",
    "cap on energy",
    "dual_control",
    "energy_controlled",
    "tce",
    5.2e6,
    true,
  ],
  [
    "intensity_drop",
    "单位GDP能耗累计下降",
    "drop of intensity",
    "dual_control",
    "energy_intensity",
    "1",
    0.14,
    false,
  ],
  ["co2_cap", "碳排放总量控制", "cap on CO2", "dual_control", "co2_total", "t", 1.7e7, true],
  [
    "energy_base",
    "规上工业能耗(缺基数)",
    "energy above scale (base unknown)",
    "dual_control",
    "energy_enterprises",
    "tce",
    0,
    true,
  ],
  [
    "water",
    "黄河取水总量指标(示意)",
    "water of the Yellow River",
    "environment",
    "water_fresh",
    "m3",
    3.6e7,
    true,
  ],
  [
    "coke_ban",
    "新增焦化产能须等量置换",
    "new coking needs replacement",
    "access",
    "coke_capacity",
    "t",
    4e6,
    true,
  ],
  [
    "conversion",
    "焦炭就地转化率不低于三成",
    "at least 30 % of coke converted",
    "plan",
    "local_conversion_coke",
    "1",
    0.3,
    false,
  ],
  [
    "benchmark",
    "标杆水平以上产能占比",
    "share at the benchmark",
    "efficiency",
    "share_benchmark",
    "1",
    0.5,
    false,
  ],
];

export function policy([id, zh, en, group, of, unit, size, upper]: (typeof policyKinds)[number]): Policy {
  return {
    id,
    name: { zh, en },
    group,
    indicator: of,
    unit,
    hard: group === "access" || group === "dual_control",
    change: "none",
    upper,
    source: "发改环资〔2021〕1310号；乌海市“十四五”节能减排综合工作实施方案",
    confidence: "known",
    years: years.map((year) =>
      year < 2024
        ? null
        : judgement(
            size === 0 ? null : size * (0.82 + 0.03 * (year - 2023) + 0.06 * random()),
            size === 0 ? null : size * (1.04 - 0.004 * (year - 2024)),
            upper,
          ),
    ),
  };
}

export function product(index: number): Product {
  const benchmark = 110 + 20 * index;
  const value = benchmark * (0.85 + 0.12 * index);
  const baseline = benchmark * 1.23;
  const grade = value <= benchmark ? "advanced" : value <= baseline ? "standard" : "backward";
  return {
    id: `standard_${index}`,
    facility: {
      zh: `${["焦化", "电石", "烧碱", "聚氯乙烯", "甲醇"][index] ?? ""}一期装置`,
      en: `Plant ${index}`,
    },
    name: { zh: "单位产品能源消耗限额", en: "energy per unit of product" },
    unit: index === 1 ? "kgce/t" : "kgce/t",
    value: index === 4 ? null : value,
    benchmark,
    baseline,
    levels: [benchmark, benchmark * 1.1, index === 3 ? null : baseline],
    grade: index === 4 ? null : grade,
    verdict: index === 4 ? "undetermined" : value <= baseline ? "met" : "missed",
    source: "GB 21342-2013, 表 1",
    edition: "GB 21342-2024",
  };
}
