// An invented view with something in every section, for the development of the page. It is no district.

import type { District, Front, Indicator, Sample, View, Waterfall, YearDetail } from "../src/contract";
import { catalogue } from "./catalogue";
import { flows } from "./fixture_flows";
import { indicator, indicatorKinds, policy, policyKinds, product, years } from "./fixture_judged";
import { balance, bridge, projects, screen, sheet } from "./fixture_tables";

export function detail(year: number, indicators: Indicator[]): YearDetail {
  const index = years.indexOf(year);
  const names = [
    ["焦化", "coking"],
    ["氯碱", "chlor-alkali"],
    ["电力", "power"],
    ["其余经济(居民、服务业)", "rest of the economy"],
    ["绿电抵扣", "green power"],
  ] as const;
  const parts = [0.45, 0.3, 0.2, 0.12, -0.07];
  return {
    year,
    ...flows(year),
    balance: balance(year),
    bridge: bridge(),
    products: [0, 1, 2, 3, 4].map(product),
    contributions: Object.fromEntries(
      indicators.map((one) => [
        one.id,
        names.map(([zh, en], at) => ({
          name: { zh, en },
          id: en,
          value: (one.values[index] ?? 0) * (parts[at] ?? 0),
        })),
      ]),
    ),
    parts: [
      sheet(
        "ledger",
        { zh: "产能置换台账", en: "Ledger of replacement" },
        [
          { zh: "焦炭", en: "coke" },
          { zh: "电石", en: "carbide" },
        ],
        [
          { zh: "应置换", en: "due" },
          { zh: "已落实", en: "covered" },
        ],
        "t",
        5,
      ),
    ],
  };
}

function waterfall(one: Indicator): Waterfall {
  const from = one.values[7] ?? 0;
  const steps = [0.06, -0.025, 0.018, -0.009, 0.004].map((share) => share * from);
  const names = [
    "煤制烯烃项目投产",
    "焦炉升级改造提前两年",
    "绿电比例提高到 35 %",
    "焦炭价格下调",
    "BDO 扩建",
  ];
  return {
    indicator: one.id,
    name: one.name,
    unit: one.unit,
    from,
    to: from + steps.reduce((sum, step) => sum + step, 0),
    parts: steps.map((value, index) => ({
      name: { zh: names[index] ?? "", en: `change ${index + 1}` },
      detail: { zh: "2027 → 2029", en: "2027 → 2029" },
      value,
    })),
    unexplained: 0,
  };
}

const front: Front = {
  goals: [
    { id: "npv", name: { zh: "净现值", en: "net present value" }, unit: "CNY", maximise: true },
    { id: "energy_controlled", name: { zh: "能源消费总量", en: "energy" }, unit: "tce", maximise: false },
  ],
  points: Array.from({ length: 12 }, (_, index) => ({
    id: `p${index}`,
    values: [1e9 * (4 + 9 * Math.sqrt(index / 11)), 1e6 * (4.1 + 0.13 * index)],
    projects: Array.from({ length: 3 + index }, (_unused, at) => ({
      zh: `项目${at + 1}`,
      en: `Project ${at + 1}`,
    })),
  })),
};

const sample: Sample = {
  draws: 1024,
  distributions: years.slice(2).flatMap((year) =>
    indicatorKinds.slice(0, 4).map(([id, zh, en, unit, size]) => ({
      id,
      name: { zh, en },
      unit,
      year,
      nominal: size,
      quantiles: [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99].map((share): [number, number] => [
        share,
        size * (1 + 0.08 * Math.log(share / (1 - share)) * 0.4),
      ]),
      ...(id === "gdp" ? {} : { bound: size * 1.03, chance: 0.74 }),
    })),
  ),
  chances: policyKinds.slice(0, 7).map(([id, zh, en], index) => ({
    policy: id,
    name: { zh, en },
    year: 2030,
    met: 0.95 - 0.13 * index,
    low: 0.92 - 0.13 * index,
    high: 0.97 - 0.13 * index,
  })),
};

const rows = [
  { zh: "氯气", en: "chlorine" },
  { zh: "焦炉煤气", en: "coke-oven gas" },
  { zh: "粗苯", en: "benzol" },
];

export function district(): District {
  const indicators = indicatorKinds.map(indicator);
  return {
    id: "scenarios/fixture.yaml",
    name: { zh: "示例区 2035 路径(虚构)", en: "Pathway to 2035 of an invented district" },
    hash: "0123abcd",
    years,
    year: 2030,
    outcome: "solved",
    verdict: "missed",
    screen: screen(),
    indicators,
    policies: policyKinds.map(policy),
    projects: projects(),
    economics: sheet(
      "economics",
      { zh: "项目经济性", en: "Economics" },
      [...rows, { zh: "合计", en: "total" }],
      [
        { zh: "收入", en: "revenue" },
        { zh: "成本", en: "cost" },
        { zh: "净现值", en: "NPV" },
      ],
      "CNY",
      9,
    ),
    gaps: [
      sheet(
        "gaps",
        { zh: "断链环节", en: "Gaps" },
        rows,
        [
          { zh: "外销", en: "sold" },
          { zh: "外购", en: "bought" },
        ],
        "t",
        11,
      ),
    ],
    outages: sheet(
      "outages",
      { zh: "停产影响", en: "Outages" },
      rows,
      [{ zh: "增加值损失", en: "value added lost" }],
      "CNY",
      13,
    ),
    report: [
      sheet(
        "conclusion",
        { zh: "一、结论与建议", en: "1 Conclusion and options" },
        rows,
        [{ zh: "当年需再节能", en: "to be saved" }],
        "tce",
        15,
      ),
    ],
    details: years.map((year) => detail(year, indicators)),
  };
}

export function view(): View {
  const one = district();
  const { indicators } = one;
  return {
    schema: "chainsim.view/1",
    engine: { version: "0.0.0", commit: "fixture" },
    language: "zh",
    words: catalogue(),
    units: {
      tce: { zh: { size: 1e4, text: "万吨标煤" }, en: { size: 1e6, text: "Mtce" } },
      t: { zh: { size: 1e4, text: "万吨" }, en: { size: 1e3, text: "kt" } },
      CNY: { zh: { size: 1e8, text: "亿元" }, en: { size: 1e9, text: "10^9 CNY" } },
      m3: { zh: { size: 1e4, text: "万立方米" }, en: { size: 1e3, text: "1000 m3" } },
      person: { zh: { size: 1, text: "人" }, en: { size: 1, text: "persons" } },
      year: { zh: { size: 1, text: "" }, en: { size: 1, text: "" } },
      "tce/万元": { zh: { size: 1, text: "吨标煤/万元" }, en: { size: 1, text: "tce/10^4 CNY" } },
    },
    districts: [one],
    comparison: {
      year: 2030,
      names: [one.name, { zh: "以化为主方案", en: "chemicals first" }],
      indicators: indicators.map((each) => ({
        id: each.id,
        name: each.name,
        unit: each.unit,
        key: each.key,
        values: [each.values[7] ?? null, (each.values[7] ?? 0) * 1.048],
      })),
      pairs: [
        {
          exact: true,
          waterfalls: indicators.slice(0, 4).map(waterfall),
          others: [
            {
              name: { zh: "粗苯价格", en: "price of benzol" },
              detail: { zh: "5000 → 5200 元/吨", en: "5000 -> 5200 CNY/t" },
            },
          ],
        },
      ],
    },
    fronts: [front],
    samples: [sample],
  };
}
