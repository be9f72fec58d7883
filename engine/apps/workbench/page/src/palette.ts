// Colours that keep apart in greyscale too: neighbours differ in lightness. Wherever a colour carries meaning, a shape or a word says the same.

import type { SankeyNode, Verdict } from "./contract";

export const ink = "#1d2733";
export const faintInk = "#5b6875";
export const rule = "#cfd7df";
export const accent = "#1f4e79";
export const paleAccent = "#9dbbd8";

export const verdictColour: Record<Verdict, string> = {
  met: "#2b7a4b",
  missed: "#a32020",
  undetermined: "#8a6d1a",
  not_applicable: "#8b96a1",
};

/** Signs of verdicts, drawn as text. */
export const verdictSign: Record<Verdict, string> = {
  met: "●",
  missed: "▲",
  undetermined: "?",
  not_applicable: "–",
};

const chainColours = [
  "#1f4e79",
  "#d08c3a",
  "#4f8f7b",
  "#7a3b5d",
  "#8fb3d9",
  "#6b6f2a",
  "#c9736b",
  "#34495e",
  "#a9c48a",
  "#8c6bb1",
  "#b59b6c",
  "#2f8aa8",
] as const;

export function chainColour(index: number): string {
  return chainColours[((index % chainColours.length) + chainColours.length) % chainColours.length] ?? accent;
}

export const kindColour: Record<SankeyNode["kind"], string> = {
  source: "#7b8a99",
  chain: "#1f4e79",
  facility: "#34699a",
  commodity: "#9dbbd8",
  use: "#46535f",
  loss: "#b4b4b4",
};

/** Of the confidence of figures, in the order of `Shares`: the weaker, the lighter. */
export const confidenceColours = ["#16395a", "#34699a", "#7fa6cb", "#c9b27a", "#e6ded0"] as const;
