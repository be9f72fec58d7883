import { useMemo } from "preact/hooks";
import type { Context, Entry } from "./all";

/** A section that is drawn again only if something that it shows has changed. */
export function Slot({ entry, context }: { entry: Entry; context: Context }) {
  const content = useMemo(() => entry.render(context), [...entry.needs(context), context.say]);
  return <div>{content}</div>;
}
