import { describe, expect, it } from "vitest";
import type { Units } from "./contract";
import { readerAmount, withUnit } from "./units";

const units: Units = {
  tce: { zh: { size: 1e4, text: "万吨标煤" }, en: { size: 1e6, text: "Mtce" } },
};

describe("an amount", () => {
  it("is scaled for the language of the reader", () => {
    expect(readerAmount(units, "zh", 5.2e6, "tce")).toEqual({ number: "520", unit: "万吨标煤" });
    expect(readerAmount(units, "en", 5.2e6, "tce")).toEqual({ number: "5.2", unit: "Mtce" });
  });

  it("in a unit that is not known stays as it is", () => {
    expect(readerAmount(units, "en", 12, "kgce/t")).toEqual({ number: "12", unit: "kgce/t" });
    expect(readerAmount(units, "en", 0.5, "1")).toEqual({ number: "0.5", unit: "" });
  });

  it("that is not known has no unit", () => {
    expect(withUnit(readerAmount(units, "en", null, "tce"))).toBe("-");
    expect(withUnit(readerAmount(units, "en", 1e6, "tce"))).toBe("1 Mtce");
  });
});
