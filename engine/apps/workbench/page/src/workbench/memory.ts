// What was changed in a session, kept in the tab: if the server forgets the session, it can be opened anew with it.

import type { Edit, Name } from "../contract";

export interface Kept {
  /** The file that was opened. */
  scenario: string;
  name: Name;
  edits: Edit[];
}

const prefix = "chainsim.session.";

export function keep(session: string, kept: Kept): void {
  try {
    window.sessionStorage.setItem(prefix + session, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing: only a lost session is worse for it.
  }
}

export function kept(session: string): Kept | null {
  try {
    const text = window.sessionStorage.getItem(prefix + session);
    return text === null ? null : (JSON.parse(text) as Kept);
  } catch {
    return null;
  }
}

export function forget(session: string): void {
  try {
    window.sessionStorage.removeItem(prefix + session);
  } catch {
    // see above
  }
}
