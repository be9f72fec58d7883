// Flows and plants of an invented district, for the development of the page.

import type { ChainGraph, GraphEdge, GraphNode, Name, Sankey, SankeyLink, YearDetail } from "../src/contract";

const chainNames: Name[] = [
  { zh: "煤炭采选", en: "Coal mining and washing" },
  { zh: "煤焦化工", en: "Coal coking" },
  { zh: "氯碱化工", en: "Chlor-alkali" },
  { zh: "精细化工", en: "Fine chemicals" },
  { zh: "焦炉煤气综合利用", en: "Coke-oven gas" },
  { zh: "电力与热力", en: "Power and heat" },
  { zh: "建材与固废利用", en: "Building materials and waste" },
  { zh: "氢能", en: "Hydrogen" },
];
const processes = [
  "洗煤",
  "焦化",
  "煤焦油深加工",
  "粗苯加氢精制",
  "烧碱电解",
  "PVC聚合",
  "电石炉",
  "BDO装置",
  "合成氨",
  "LNG",
];
export const chains = chainNames.map((name, index) => ({ id: `chain_${index}`, name }));

/** Pseudo-random, so that the picture stays the same. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

function link(from: number, to: number, value: number, zh: string, en: string, back = false): SankeyLink {
  return { from, to, value, what: { zh, en }, ...(back ? { back } : {}) };
}

function materials(growth: number): Sankey {
  const nodes: Sankey["nodes"] = [
    { id: "in_coal", name: { zh: "外购洗精煤", en: "clean coal bought" }, kind: "source" },
    { id: "in_salt", name: { zh: "外购原盐", en: "salt bought" }, kind: "source" },
    {
      id: "in_water",
      name: { zh: "黄河水与矿井疏干水", en: "river water and mine drainage" },
      kind: "source",
    },
    ...chains.map(({ id, name }) => ({ id, name, kind: "chain" as const, drill: id })),
    { id: "sold_coke", name: { zh: "焦炭外销", en: "coke sold" }, kind: "use" },
    { id: "sold_pvc", name: { zh: "聚氯乙烯外销", en: "PVC sold" }, kind: "use" },
    { id: "sold_fine", name: { zh: "精细化学品外销", en: "fine chemicals sold" }, kind: "use" },
    { id: "lost", name: { zh: "放散与损失", en: "flared and lost" }, kind: "loss" },
  ];
  const [coal, coking, chlorine, fine, gas, power, stone, hydrogen] = [3, 4, 5, 6, 7, 8, 9, 10] as const;
  const links = [
    link(0, coking, 4.2e6, "洗精煤", "clean coal"),
    link(1, chlorine, 9.5e5, "原盐", "salt"),
    link(2, power, 2.4e6, "水", "water"),
    link(2, coking, 1.1e6, "水", "water"),
    link(coal, coking, 6.1e6, "洗精煤", "clean coal"),
    link(coal, power, 3.3e6, "中煤、煤泥", "middlings"),
    link(coking, gas, 1.6e6, "焦炉煤气", "coke-oven gas"),
    link(coking, fine, 4.4e5, "煤焦油、粗苯", "tar and benzol"),
    link(coking, 11, 7.2e6, "焦炭", "coke"),
    link(coking, chlorine, 6.0e5, "兰炭", "semi-coke"),
    link(power, chlorine, 8.0e5, "蒸汽", "steam"),
    link(gas, hydrogen, 9e4, "氢气", "hydrogen"),
    link(gas, fine, 5.1e5, "甲醇", "methanol"),
    link(gas, 14, 2.2e5, "放散气", "flared gas"),
    link(chlorine, fine, 3.9e5, "氯气、烧碱", "chlorine and caustic"),
    link(chlorine, 12, 8.8e5, "聚氯乙烯", "PVC"),
    link(chlorine, stone, 1.3e6, "电石渣", "carbide slag"),
    link(power, stone, 7e5, "粉煤灰", "fly ash"),
    link(fine, 13, 1.1e6, "精细化学品", "fine chemicals"),
    link(gas, coking, 6.4e5, "回炉煤气", "gas for the ovens", true),
    link(hydrogen, 14, 1e4, "放空", "vented"),
  ];
  return {
    id: "materials",
    name: { zh: "物料流向(产业链之间)", en: "Materials between chains" },
    unit: "t",
    nodes,
    links: links.map((one) => ({ ...one, value: one.value * growth })),
  };
}

function within(chain: number, random: () => number): Sankey {
  const nodes: Sankey["nodes"] = [];
  const links: SankeyLink[] = [];
  for (let plant = 0; plant < 7; ++plant) {
    const name = `${processes[(chain + plant) % processes.length] ?? ""}${plant + 1}号装置`;
    nodes.push({
      id: `facility_${chain}_${plant}`,
      name: { zh: name, en: `Plant ${plant + 1}` },
      kind: "facility",
    });
    nodes.push({
      id: `good_${chain}_${plant}`,
      name: { zh: `中间产品${plant}`, en: `intermediate ${plant}` },
      kind: "commodity",
    });
    links.push(link(2 * plant, 2 * plant + 1, 1e5 + 9e5 * random(), "产品", "product"));
    if (plant > 0) {
      links.push(link(2 * Math.floor(random() * plant) + 1, 2 * plant, 1e5 + 6e5 * random(), "原料", "feed"));
    }
  }
  const name = chainNames[chain] ?? { zh: "", en: "" };
  return {
    id: `chain_${chain}`,
    name: { zh: `${name.zh}内部`, en: `Within: ${name.en}` },
    unit: "t",
    nodes,
    links,
  };
}

function tree(
  id: string,
  name: Name,
  unit: string,
  sources: Name[],
  uses: Name[],
  random: () => number,
  size: number,
): Sankey {
  const middle = chains.slice(0, 6);
  return {
    id,
    name,
    unit,
    nodes: [
      ...sources.map((one, index) => ({ id: `source_${index}`, name: one, kind: "source" as const })),
      ...middle.map((one) => ({ id: one.id, name: one.name, kind: "chain" as const })),
      ...uses.map((one, index) => ({
        id: `use_${index}`,
        name: one,
        kind: index === 0 ? ("use" as const) : ("loss" as const),
      })),
    ],
    links: middle.flatMap((_, chain) => [
      ...sources.map((one, source) => ({
        from: source,
        to: sources.length + chain,
        value: size * random() ** 2,
        what: one,
      })),
      ...uses.map((one, use) => ({
        from: sources.length + chain,
        to: sources.length + middle.length + use,
        value: size * random(),
        what: one,
      })),
    ]),
  };
}

const bindings: GraphNode["binding"][] = [
  "capacity",
  "capacity",
  "feedstock",
  "demand",
  "surplus",
  "not_built",
  "off",
];

function graph(random: () => number): ChainGraph {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (let index = 0; index < 112; ++index) {
    const chain = index % chains.length;
    const process = processes[Math.floor(random() * processes.length)] ?? "";
    const binding = bindings[Math.floor(random() * bindings.length)] ?? "capacity";
    const utilisation =
      binding === "not_built" || binding === "off" ? 0 : binding === "capacity" ? 1 : random();
    const capacity = 1e4 * (1 + Math.floor(200 * random()));
    const name = {
      zh: `${process}${index}号(${chainNames[chain]?.zh ?? ""})`,
      en: `Plant ${index} of ${chainNames[chain]?.en ?? ""}`,
    };
    nodes.push({
      id: `plant_${index}`,
      name,
      chain: `chain_${chain}`,
      process: { zh: process, en: `process ${index % 10}` },
      activity: capacity * utilisation,
      capacity,
      unit: "t",
      utilisation: binding === "not_built" ? null : utilisation,
      binding,
      ...(binding === "feedstock" || binding === "surplus"
        ? { of: { zh: "焦炉煤气", en: "coke-oven gas" } }
        : {}),
      ...(index % 3 === 0 ? { project: `b${index}_project` } : {}),
    });
    for (let feed = 0; feed < 2 && index > 8; ++feed) {
      const sameChain = random() < 0.7;
      const from = sameChain
        ? index - 8 * (1 + Math.floor(random() * Math.floor(index / 8)))
        : Math.floor(random() * index);
      edges.push({
        from,
        to: index,
        what: { zh: "中间产品", en: "intermediate" },
        id: `good_${feed}`,
        amount: 1e5 * random(),
        unit: "t",
        tce: random() < 0.3 ? null : 1e5 * random(),
      });
    }
  }
  return { chains, nodes, edges };
}

export function flows(
  year: number,
): Pick<YearDetail, "materials" | "energy" | "carbon" | "chains" | "graph"> {
  const random = generator(year);
  const growth = 1 + (year - 2024) * 0.03;
  const energySources = [
    { zh: "原煤", en: "raw coal" },
    { zh: "洗精煤", en: "clean coal" },
    { zh: "网购电力", en: "grid power" },
    { zh: "绿电", en: "green power" },
    { zh: "天然气", en: "natural gas" },
  ];
  const energyUses = [
    { zh: "产品带走的能量", en: "energy in products" },
    { zh: "工业终端消费", en: "final consumption" },
    { zh: "加工转换损失", en: "lost in transformation" },
  ];
  const carbonSources = [
    { zh: "燃料燃烧", en: "fuel" },
    { zh: "工业过程", en: "process" },
    { zh: "购入电力", en: "power bought" },
  ];
  const carbonUses = [
    { zh: "排放", en: "emitted" },
    { zh: "产品固碳", en: "held in products" },
  ];
  return {
    materials: materials(growth),
    energy: tree(
      "energy",
      { zh: "能源流向", en: "Energy" },
      "tce",
      energySources,
      energyUses,
      random,
      9e5 * growth,
    ),
    carbon: tree(
      "carbon",
      { zh: "碳流向", en: "Carbon" },
      "t",
      carbonSources,
      carbonUses,
      random,
      2e6 * growth,
    ),
    chains: chains.map((_, index) => within(index, random)),
    graph: graph(generator(7)),
  };
}
