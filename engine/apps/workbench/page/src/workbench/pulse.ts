import type { District, Judgement, Policy, Pulse, View } from "../contract";

type Judged = Pulse["judged"][number][number];

/** What a policy had before keeps its words; only figures and verdict are new. */
function judgementOf(judged: Judged, before: Judgement | null): Judgement | null {
  if (judged === null) {
    return null;
  }
  const [verdict, value, bound, margin] = judged;
  const rest = before ?? { formula: "", illustration: false, missing: [], basis: "planned" as const };
  // Inputs and range of the last full answer belong to its value alone.
  return { ...rest, inputs: {}, verdict, value, bound, margin };
}

function policyOf(policy: Policy, judged: Judged[] | undefined): Policy {
  return judged === undefined
    ? policy
    : { ...policy, years: judged.map((one, index) => judgementOf(one, policy.years[index] ?? null)) };
}

/** The district as a pulse has it: verdict, paths, policies and indicators at once; the rest comes with the next refresh. */
export function withPulse(view: View, pulse: Pulse): View {
  const [district, ...others] = view.districts;
  if (district === undefined) {
    return view;
  }
  const { failure: _before, ...rest } = district;
  const followed: District = {
    ...rest,
    ...(pulse.failure === undefined ? {} : { failure: pulse.failure }),
    outcome: pulse.outcome,
    verdict: pulse.verdict,
    indicators: district.indicators.map((one, index) => ({
      ...one,
      values: pulse.values[index] ?? one.values,
    })),
    policies: district.policies.map((one, index) => policyOf(one, pulse.judged[index])),
  };
  return { ...view, districts: [followed, ...others] };
}
