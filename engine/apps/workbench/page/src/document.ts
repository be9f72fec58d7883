import { gunzipSync, strFromU8 } from "fflate";
import type { View } from "./contract";

/** The bytes that base64 stands for. */
function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
}

/**
 * The document of a report: plain, or packed as gzip in base64 (engine/chainsim/view/html.cpp). It is unpacked at once
 * rather than by a stream of the browser, so that whoever prints a report as soon as it is loaded finds it drawn.
 */
export function readView(element: HTMLElement): View {
  const text = element.textContent ?? "";
  const isPacked = element.getAttribute("type") === "application/gzip";
  return JSON.parse(isPacked ? strFromU8(gunzipSync(bytesOf(text))) : text) as View;
}
