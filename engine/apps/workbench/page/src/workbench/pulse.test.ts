import { describe, expect, it } from "vitest";
import { view } from "../../dev/fixture";
import { withPulse } from "./pulse";

describe("a pulse", () => {
  it("brings new verdicts and figures, and keeps the words of what was there", () => {
    const before = view();
    const district = before.districts[0];
    const policy = district?.policies[0];
    const after = withPulse(before, {
      seq: 1,
      milliseconds: 1,
      outcome: "solved",
      verdict: "met",
      values: district?.indicators.map((one) => one.values.map(() => 1)) ?? [],
      judged: district?.policies.map((one) => one.years.map(() => ["met", 1, 2, 1])) ?? [],
      edits: [],
    });
    const followed = after.districts[0];
    expect(followed?.verdict).toBe("met");
    expect(followed?.indicators[0]?.values[3]).toBe(1);
    const judgement = followed?.policies[0]?.years[7];
    expect(judgement).toMatchObject({ verdict: "met", value: 1, bound: 2, margin: 1 });
    expect(judgement?.formula).toBe(policy?.years[7]?.formula);
    expect(followed?.details).toBe(district?.details);
  });

  it("says that there is no solution, and later that there is one", () => {
    const pulse = {
      seq: 1,
      milliseconds: 1,
      verdict: "undetermined" as const,
      values: [],
      judged: [],
      edits: [],
    };
    const failed = withPulse(view(), { ...pulse, outcome: "infeasible", failure: "no steam" });
    expect(failed.districts[0]?.failure).toBe("no steam");
    const solved = withPulse(failed, { ...pulse, outcome: "solved" });
    expect(solved.districts[0]?.failure).toBeUndefined();
  });
});
