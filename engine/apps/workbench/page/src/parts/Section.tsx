import type { ComponentChildren } from "preact";

interface Props {
  id: string;
  title: string;
  /** One sentence on how to read what follows. */
  lead?: string;
  children: ComponentChildren;
}

export function Section({ id, title, lead, children }: Props) {
  return (
    <section id={id} class="section" aria-labelledby={`${id}-title`} tabIndex={-1}>
      <h2 id={`${id}-title`}>{title}</h2>
      {lead !== undefined && <p class="lead">{lead}</p>}
      {children}
    </section>
  );
}
