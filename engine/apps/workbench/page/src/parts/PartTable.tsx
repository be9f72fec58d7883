import { useMemo } from "preact/hooks";
import type { Part } from "../contract";
import { useReading } from "../reading";
import { partContent } from "./part_content";
import { Table } from "./Table";

interface Props {
  part: Part;
  isSortable?: boolean;
  /** Shows the part's own title above it. */
  hasTitle?: boolean;
}

/** A form of the engine with its notes. */
export function PartTable({ part, isSortable = false, hasTitle = false }: Props) {
  const reading = useReading();
  const content = useMemo(() => partContent(part, reading), [part, reading]);
  const title = reading.name(part.title);
  return (
    <div class="part">
      {hasTitle && <h3>{title}</h3>}
      {part.rows.length === 0 ? (
        <p class="nothing">{reading.say("view_no_rows")}</p>
      ) : (
        <Table caption={title} {...content} isSortable={isSortable} />
      )}
      {part.notes.map((note, index) => (
        <p key={index} class="note">
          {reading.name(note)}
        </p>
      ))}
    </div>
  );
}
