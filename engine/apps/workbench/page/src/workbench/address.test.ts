import { describe, expect, it } from "vitest";
import { readAddress, writeAddress } from "./address";

describe("the address", () => {
  it("keeps the sessions and which one is shown", () => {
    const address = { sessions: ["s1", "s2"], at: "s2" };
    expect(readAddress(writeAddress(address))).toEqual(address);
  });

  it("keeps the start screen beside sessions that are open", () => {
    expect(readAddress(writeAddress({ sessions: ["s1"], at: null }))).toEqual({ sessions: ["s1"], at: null });
  });

  it("without sessions is the start screen", () => {
    expect(readAddress("")).toEqual({ sessions: [], at: null });
    expect(writeAddress({ sessions: [], at: null })).toBe("");
  });

  it("shows the first session where it names none, or one that is not there", () => {
    expect(readAddress("#sessions=s1,s2").at).toBe("s1");
    expect(readAddress("#sessions=s1,s2&at=s3").at).toBe("s1");
  });
});
