import type { Control } from "../contract";
import type { Reading } from "../reading";
import type { WordKey } from "../words";
import type { Refused, Value } from "./edits";

export const kindWord: Record<Control["kind"], WordKey> = {
  project: "view_control_projects",
  facility: "view_control_facilities",
  price: "view_control_prices",
  policy: "view_control_policies",
  period: "view_control_periods",
};

export const kinds = Object.keys(kindWord) as Control["kind"][];

/** The controls of one record, which belong together: a project's switch and its year. */
export interface RecordControls {
  record: string;
  controls: Control[];
}

export interface Group {
  id: string;
  title: string;
  records: RecordControls[];
}

/** Controls by group and record, in their order. */
export function groupsOf(controls: Control[], name: Reading["name"]): Group[] {
  const groups = new Map<string, Map<string, Control[]>>();
  for (const control of controls) {
    const title = name(control.group);
    const records = groups.get(title) ?? new Map<string, Control[]>();
    groups.set(title, records);
    records.set(control.record, [...(records.get(control.record) ?? []), control]);
  }
  return [...groups].map(([title, records]) => ({
    id: title,
    title,
    records: [...records].map(([record, members]) => ({ record, controls: members })),
  }));
}

export interface Filter {
  search: string;
  isChangedOnly: boolean;
}

/** What the search and the filter leave. What was refused counts as changed: it waits for a better value. */
export function filtered(
  controls: Control[],
  { search, isChangedOnly }: Filter,
  values: ReadonlyMap<string, Value>,
  refused: ReadonlyMap<string, Refused>,
  { name }: Reading,
): Control[] {
  const wanted = search.trim().toLowerCase();
  return controls.filter((control) => {
    const value = values.get(control.id);
    const isChanged = (value !== undefined && value !== control.value) || refused.has(control.id);
    const says = `${name(control.name)} ${name(control.label)} ${control.record}`.toLowerCase();
    return (!isChangedOnly || isChanged) && (wanted === "" || says.includes(wanted));
  });
}
