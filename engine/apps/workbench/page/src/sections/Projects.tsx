import { useMemo, useState } from "preact/hooks";
import type { Part } from "../contract";
import { PartTable } from "../parts/PartTable";
import { isNumber } from "../parts/part_content";
import { SearchBox } from "../parts/SearchBox";
import { Section } from "../parts/Section";
import { useReading } from "../reading";

/** All projects, sortable by anything, with a filter of words. */
export function Projects({ part }: { part: Part }) {
  const { say, name } = useReading();
  const [wanted, setWanted] = useState("");
  const filtered = useMemo(() => {
    const text = wanted.trim().toLowerCase();
    const says = (row: Part["rows"][number]) =>
      row.id.includes(text) ||
      row.cells.some((cell) => !isNumber(cell) && name(cell.t).toLowerCase().includes(text));
    return text === "" ? part : { ...part, rows: part.rows.filter(says) };
  }, [part, wanted, name]);
  return (
    <Section id="projects" title={say("view_projects")} lead={say("view_sort_lead")}>
      <div class="filters">
        <SearchBox label={say("view_search")} value={wanted} onChange={setWanted} />
        <output class="count">{say("view_rows", filtered.rows.length, part.rows.length)}</output>
      </div>
      <PartTable part={filtered} isSortable />
    </Section>
  );
}
