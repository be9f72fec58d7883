import type { ComponentChildren } from "preact";

/** A form of the bar that unfolds. */
export function Tool({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <details class="tool">
      <summary>{title}</summary>
      <div class="tool-body">{children}</div>
    </details>
  );
}
