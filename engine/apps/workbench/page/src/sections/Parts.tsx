import type { Part } from "../contract";
import { PartTable } from "../parts/PartTable";
import { Section } from "../parts/Section";

interface Props {
  id: string;
  title: string;
  lead?: string;
  parts: Part[];
  isSortable?: boolean;
}

/** Forms of the engine one below the other. */
export function Parts({ id, title, lead, parts, isSortable = false }: Props) {
  return (
    <Section id={id} title={title} {...(lead === undefined ? {} : { lead })}>
      {parts.map((part) => (
        <PartTable key={part.id} part={part} isSortable={isSortable} hasTitle />
      ))}
    </Section>
  );
}
