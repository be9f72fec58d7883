import { useMemo, useState } from "preact/hooks";
import type { Control } from "../contract";
import { SearchBox } from "../parts/SearchBox";
import { useReading } from "../reading";
import { ControlKind } from "./ControlKind";
import type { Refused, Value } from "./edits";
import { filtered, kinds } from "./groups";
import type { LiveSession } from "./session";

interface Props {
  controls: Control[];
  values: ReadonlyMap<string, Value>;
  refused: ReadonlyMap<string, Refused>;
  live: LiveSession;
}

/** What may be moved: beside the page where there is room, from the lower edge where there is none. */
export function ControlPanel({ controls, values, refused, live }: Props) {
  const reading = useReading();
  const { say } = reading;
  const [search, setSearch] = useState("");
  const [isChangedOnly, setIsChangedOnly] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const changes = live.differences.length + refused.size;
  const shown = useMemo(
    () => filtered(controls, { search, isChangedOnly }, values, refused, reading),
    [controls, search, isChangedOnly, values, refused, reading],
  );
  const isFiltered = search.trim() !== "" || isChangedOnly;
  return (
    <aside class={isOpen ? "panel panel-open" : "panel"} aria-label={say("view_controls")}>
      <button type="button" class="panel-handle" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {say("view_controls")} · {say("view_changes", changes)}
      </button>
      <div class="panel-body">
        <h2>{say("view_controls")}</h2>
        <div class="panel-tools">
          <SearchBox label={say("view_search")} value={search} onChange={setSearch} />
          <label class="check">
            <input
              type="checkbox"
              checked={isChangedOnly}
              onChange={(event) => setIsChangedOnly(event.currentTarget.checked)}
            />
            {say("view_changed_only")}
          </label>
          <button type="button" disabled={values.size === 0} onClick={() => live.reset()}>
            {say("view_reset_all")}
          </button>
        </div>
        {shown.length === 0 && <p class="nothing">{say("view_no_controls")}</p>}
        {kinds.map((kind) => {
          const members = shown.filter((control) => control.kind === kind);
          return members.length === 0 ? null : (
            <ControlKind
              key={kind}
              kind={kind}
              controls={members}
              values={values}
              refused={refused}
              live={live}
              isUnfolded={isFiltered}
            />
          );
        })}
      </div>
    </aside>
  );
}
