import { describe, expect, it } from "vitest";
import { exactText, percentText, readerText } from "./number";

describe("a number for a reader", () => {
  // The same as in the engine's own test of number_text.
  it.each([
    [1234567.8, "1,234,568"],
    [12.345, "12.35"],
    [0.0012346, "0.001235"],
    [0, "0"],
    [-0, "0"],
    [null, "-"],
    [Number.NaN, "-"],
    [-1234, "-1,234"],
    [999.96, "1,000"],
    [100, "100"],
    [0.1, "0.1"],
    [123456, "123,456"],
    [0.00001234, "1.23e-05"],
    [1e15, "1e+15"],
    [1.5e15, "1.5e+15"],
  ])("%s is %s", (value, text) => {
    expect(readerText(value)).toBe(text);
  });

  it("rounds a true tie to the even digit, as the engine does", () => {
    expect(readerText(1234.5)).toBe("1,234");
    expect(readerText(1235.5)).toBe("1,236");
    expect(readerText(-1234.5)).toBe("-1,234");
    expect(readerText(100.25)).toBe("100.2");
    expect(readerText(12.345)).toBe("12.35"); // just above the tie as a double
  });
});

describe("a share", () => {
  it("is told in per cent", () => {
    expect(percentText(0.1234)).toBe("12.3 %");
    expect(percentText(null)).toBe("-");
    expect(percentText(1)).toBe("100.0 %");
  });
});

describe("an exact number", () => {
  it("reads back as the same", () => {
    expect(exactText(0.1 + 0.2)).toBe("0.30000000000000004");
    expect(exactText(-0)).toBe("0");
    expect(exactText(null)).toBe("-");
  });
});
