import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readView } from "./document";

/** As much of an element as is read. */
function element(type: string, text: string): HTMLElement {
  return { textContent: text, getAttribute: () => type } as unknown as HTMLElement;
}

describe("the document of a report", () => {
  const text = JSON.stringify({ schema: "chainsim.view/1", name: "海南区" });

  it("is read as it stands, or unpacked", () => {
    const packed = gzipSync(Buffer.from(text)).toString("base64");
    expect(readView(element("application/json", text))).toEqual(JSON.parse(text));
    expect(readView(element("application/gzip", `\n${packed}\n`))).toEqual(JSON.parse(text));
  });
});
