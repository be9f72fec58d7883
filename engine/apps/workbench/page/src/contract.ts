// What the engine hands to the page: `chainsim.view/1`. Written by engine/chainsim/view; amounts are in units of the engine (t, tce, CNY, MWh, m3) and
// scaled for readers by `Units`. A number that is not known is null, never 0.

export type Language = "zh" | "en";
export interface Name { zh: string; en: string }

/** How a figure was made. */
export interface TraceInput { id: string; value: number | null; unit: string; source: string }
export interface Trace { formula: string; inputs: TraceInput[]; source: string }

export type Basis = "actual" | "expected" | "planned";
export interface NumberCell { v: number | null; u: string; trace?: Trace; basis?: Basis }
/** `id` is the code of a word: met, missed, undetermined, red, ... */
export interface WordCell { t: Name; id?: string; trace?: Trace }
export type Cell = NumberCell | WordCell;

/** A table of a form; sum rows are bold. */
export interface Part {
  id: string;
  title: Name;
  columns: { id: string; heading: Name }[];
  rows: { id: string; sum?: boolean; cells: Cell[] }[];
  notes: Name[];
}

/** What a reader sees of a unit: value / size, and its words. A unit that is absent here is shown as it is. */
export type Units = Record<string, Record<Language, { size: number; text: string }>>;

export type Shares = [seed: number, verified: number, known: number, estimate: number, assumption: number];

/** Of every year of the district, in its order. */
export interface Indicator {
  id: string;
  name: Name;
  unit: string;
  key: boolean; // looked at first
  values: (number | null)[];
  confidence: (Shares | null)[];
  basis: Basis[];
}

export type Verdict = "met" | "missed" | "undetermined" | "not_applicable";

/** As `check --json` has it. */
export interface Judgement {
  value: number | null;
  bound: number | null;
  margin: number | null; // room left: positive if kept
  formula: string;
  inputs: Record<string, number>;
  verdict: Verdict;
  illustration: boolean;
  missing: string[];
  basis: Basis;
  colour?: "green" | "orange" | "red";
  range?: [number | null, number | null];
  remarks?: Record<string, { value: number | null; unit: string }>;
}
export interface Policy {
  id: string;
  name: Name;
  group: "access" | "efficiency" | "dual_control" | "environment" | "economy" | "plan";
  indicator: string;
  unit: string;
  hard: boolean;
  change: "none" | "drop" | "rise";
  upper: boolean; // the bound is not to be exceeded
  source: string;
  confidence: string;
  years: (Judgement | null)[]; // null: not in force
}

export interface SankeyNode {
  id: string;
  name: Name;
  kind: "source" | "chain" | "facility" | "commodity" | "use" | "loss";
  drill?: string; // id of a Sankey in `chains` that shows what is inside
}
export interface SankeyLink { from: number; to: number; value: number; what: Name; back?: boolean /* closes a loop: drawn apart */ }
export interface Sankey { id: string; name: Name; unit: string; nodes: SankeyNode[]; links: SankeyLink[] /* acyclic but for `back` */ }

export interface GraphNode {
  id: string;
  name: Name;
  chain: string;
  process: Name;
  project?: string;
  activity: number;
  capacity: number;
  unit: string;
  utilisation: number | null; // 0 .. 1
  binding: "capacity" | "feedstock" | "demand" | "surplus" | "not_built" | "off";
  of?: Name; // the commodity that it is short of, or that has no outlet
}
export interface GraphEdge { from: number; to: number; what: Name; id: string; amount: number; unit: string; tce: number | null }
export interface ChainGraph { chains: { id: string; name: Name }[]; nodes: GraphNode[]; edges: GraphEdge[] }

/** The unit energy of a plant against its standard: less is better. */
export interface Product {
  id: string;
  facility: Name;
  name: Name; // of the standard
  unit: string;
  value: number | null;
  benchmark: number | null;
  baseline: number | null;
  levels: [number | null, number | null, number | null];
  grade: string | null;
  verdict: Verdict;
  source: string;
  edition: string;
}

/** Who brings how much of an indicator; sums to its value. */
export interface Contribution { name: Name; value: number; id: string }

/** All of one year. */
export interface YearDetail {
  year: number;
  materials: Sankey; // t, between chains
  energy: Sankey; // tce
  carbon: Sankey; // t of CO2
  chains: Sankey[]; // materials within each chain
  graph: ChainGraph;
  balance: Part;
  bridge: Part;
  products: Product[];
  contributions: Record<string, Contribution[]>;
  parts: Part[]; // further tables: groups, ledgers, water quotas
}

/** A district as it stands. In the report `details` holds all years; the workbench asks for one when it is shown. */
export interface District {
  id: string;
  name: Name;
  hash: string;
  years: number[];
  year: number; // that is judged, and shown first
  outcome: string; // "solved", or why there is nothing
  failure?: string;
  verdict: Verdict;
  screen: Part; // the first screen: eight rows
  indicators: Indicator[];
  policies: Policy[];
  projects: Part; // all, one row each; sortable
  economics: Part;
  gaps: Part[];
  outages: Part;
  report: Part[]; // the two-page report
  details: YearDetail[];
}

export interface Waterfall { indicator: string; name: Name; unit: string; from: number; to: number; parts: { name: Name; detail: Name; value: number }[]; unexplained: number }
/** The first district against each other one. */
export interface Comparison {
  year: number;
  names: Name[];
  indicators: { id: string; name: Name; unit: string; key: boolean; values: (number | null)[] }[];
  pairs: { exact: boolean; waterfalls: Waterfall[]; others: { name: Name; detail: Name }[] /* changes that move nothing */ }[];
}

export interface Front { goals: { id: string; name: Name; unit: string; maximise: boolean }[]; points: { id: string; values: number[]; projects: Name[] }[] }

export interface Distribution { id: string; name: Name; unit: string; year: number; nominal: number | null; quantiles: [share: number, value: number][]; bound?: number; chance?: number }
export interface Sample { draws: number; distributions: Distribution[]; chances: { policy: string; name: Name; year: number; met: number; low: number; high: number }[] }

export interface View {
  schema: "chainsim.view/1";
  engine: { version: string; commit: string };
  language: Language; // shown first
  words: Record<string, Name>; // all that the page says itself: keys `view_*`
  units: Units;
  districts: District[]; // the first is reported on
  comparison: Comparison | null;
  fronts: Front[];
  samples: Sample[];
  live?: { session: string; token?: string }; // in the workbench
}

// ---- the workbench: JSON over HTTP, all below /api; errors are `Problem`s with a status of 4xx

export interface Diagnostic { field?: string; line: number; column: number; message: string; help: string }
export interface Problem { message: string; problems: Diagnostic[] }

/** What may be moved. A slider where `low` and `high` are given, else a field of text in the words of the files ("300 kt/a"). */
export interface Control {
  id: string; // "project:b09_chn_mto:start", "policy:energy_cap:at_most", "market:coke:price", "facility:x:capacity"
  kind: "project" | "facility" | "policy" | "price" | "period";
  record: string;
  name: Name; // of the record
  field: string; // name of the field in its field table
  label: Name;
  help: string; // what the field table says of it
  type: "switch" | "year" | "number" | "text";
  unit: string;
  value: number | boolean | string | null;
  low?: number;
  high?: number;
  step?: number;
  group: Name; // policies by group, plants by chain, projects by kind
}
export interface Edit { control: string; value: number | boolean | string }

/** What follows a slider: small, and in the order of District.indicators and District.policies. */
export interface Pulse {
  seq: number; // that the page sent
  milliseconds: number; // at the server's side
  outcome: string;
  failure?: string;
  verdict: Verdict;
  values: (number | null)[][]; // by indicator, by year
  judged: ([verdict: Verdict, value: number | null, bound: number | null, margin: number | null] | null)[][]; // by policy, by year
  edits: Edit[];
}

export interface Job { id: string; kind: "optimise" | "sample"; state: "running" | "done" | "failed" | "cancelled"; step: Name; share: number | null; value: number | null; message?: string; result?: string /* id of a run to compare with */ }

// GET    /api/scenarios                     { scenarios: {file, id, name}[], runs: {id, name, made}[] }
// POST   /api/sessions        {scenario}    { session, view: View (districts[0].details empty), controls: Control[] }
// GET    /api/sessions/S                    the same, for a page that is loaded anew
// DELETE /api/sessions/S
// POST   /api/sessions/S/edits {seq, edits} Pulse; the edits are all that differ from the scenario, each time
// POST   /api/sessions/S/refresh            { view }: everything anew, after the slider has come to rest
// GET    /api/sessions/S/years/2030         YearDetail
// POST   /api/sessions/S/save  {id, name?}  { file, text }: a scenario file of the differences; 409 if there is one, unless {replace: true}
// POST   /api/sessions/S/compare {with}     { comparison }: with a run or another scenario
// POST   /api/sessions/S/jobs {kind, objective?, pareto?, draws?}  Job
// GET    /api/sessions/S/jobs               { jobs: Job[] }
// DELETE /api/sessions/S/jobs/J             Job
// GET    /api/sessions/S/download/{xlsx|csv|html|yaml}   a file
// POST   /api/districts   multipart, the files of a folder with their paths   { scenarios }
