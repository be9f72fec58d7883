import type { Control, Diagnostic, Edit, Problem } from "../contract";

export type Value = Edit["value"];

/** What the server said of a value that it does not take. */
export interface Refused {
  value: Value;
  problems: Diagnostic[];
}

/** What differs from the scenario, in the order of the controls; what was refused stays at its field and is not sent. */
export function editsOf(
  controls: Control[],
  values: ReadonlyMap<string, Value>,
  refused: ReadonlyMap<string, Refused>,
): Edit[] {
  return controls.flatMap(({ id, value: before }) => {
    const value = values.get(id);
    if (value === undefined || value === before || refused.get(id)?.value === value) {
      return [];
    }
    return [{ control: id, value }];
  });
}

/** The diagnostics of a problem by the control that they belong to. */
export function refusalsOf(problem: Problem, edits: Edit[]): Map<string, Refused> {
  const refused = new Map<string, Refused>();
  for (const edit of edits) {
    const problems = problem.problems.filter((one) => one.field === edit.control);
    if (problems.length > 0) {
      refused.set(edit.control, { value: edit.value, problems });
    }
  }
  return refused;
}

/** Changes as a session that comes back has them. */
export function valuesOf(edits: Edit[]): Map<string, Value> {
  return new Map(edits.map((edit) => [edit.control, edit.value]));
}
