import type { Basis, GraphNode, Policy, SankeyNode, Verdict } from "../contract";
import type { Reading } from "../reading";
import type { WordKey } from "../words";

// The words of the engine's codes. Keys stand here in full, so that the test of the catalogue finds them.

export const verdictWord: Record<Verdict, WordKey> = {
  met: "view_verdict_met",
  missed: "view_verdict_missed",
  undetermined: "view_verdict_undetermined",
  not_applicable: "view_verdict_not_applicable",
};

export const basisWord: Record<Basis, WordKey> = {
  actual: "view_basis_actual",
  expected: "view_basis_expected",
  planned: "view_basis_planned",
};

export const groupWord: Record<Policy["group"], WordKey> = {
  access: "view_group_access",
  efficiency: "view_group_efficiency",
  dual_control: "view_group_dual_control",
  environment: "view_group_environment",
  economy: "view_group_economy",
  plan: "view_group_plan",
};

export const bindingWord: Record<GraphNode["binding"], WordKey> = {
  capacity: "view_binding_capacity",
  feedstock: "view_binding_feedstock",
  demand: "view_binding_demand",
  surplus: "view_binding_surplus",
  not_built: "view_binding_not_built",
  off: "view_binding_off",
};

export const nodeKindWord: Record<SankeyNode["kind"], WordKey> = {
  source: "view_kind_source",
  chain: "view_kind_chain",
  facility: "view_kind_facility",
  commodity: "view_kind_commodity",
  use: "view_kind_use",
  loss: "view_kind_loss",
};

/** In the order of `Shares`. */
export const confidenceWords = [
  "view_confidence_seed",
  "view_confidence_verified",
  "view_confidence_known",
  "view_confidence_estimate",
  "view_confidence_assumption",
] as const;

const gradeWords: Record<string, WordKey> = {
  advanced: "view_grade_advanced",
  standard: "view_grade_standard",
  backward: "view_grade_backward",
};

export function gradeWord(grade: string): WordKey | undefined {
  return gradeWords[grade];
}

export function isVerdict(id: string | undefined): id is Verdict {
  return id !== undefined && Object.keys(verdictWord).includes(id);
}

/** The word of a confidence, as `seed`; a code that is not known stays as it is. */
export function confidenceText(code: string, say: Reading["say"]): string {
  const word = confidenceWords.find((one) => one === `view_confidence_${code}`);
  return word === undefined ? code : say(word);
}
