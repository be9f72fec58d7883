// The sessions of a page stand in its address, so that loading it anew keeps them.

export interface Address {
  sessions: string[];
  /** The one that is shown; null: the start screen. */
  at: string | null;
}

export function readAddress(hash: string): Address {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const sessions = (parameters.get("sessions") ?? "").split(",").filter((one) => one !== "");
  const at = parameters.get("at");
  if (at === "") {
    return { sessions, at: null };
  }
  return { sessions, at: at !== null && sessions.includes(at) ? at : (sessions[0] ?? null) };
}

export function writeAddress({ sessions, at }: Address): string {
  if (sessions.length === 0) {
    return "";
  }
  const list = sessions.map(encodeURIComponent).join(",");
  return at === null ? `#sessions=${list}&at=` : `#sessions=${list}&at=${encodeURIComponent(at)}`;
}
