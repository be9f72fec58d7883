import { useMemo, useState } from "preact/hooks";
import type { Control } from "../contract";
import { useReading } from "../reading";
import { ControlGroup } from "./ControlGroup";
import type { Refused, Value } from "./edits";
import { groupsOf, kindWord } from "./groups";
import type { LiveSession } from "./session";

interface Props {
  kind: Control["kind"];
  controls: Control[];
  values: ReadonlyMap<string, Value>;
  refused: ReadonlyMap<string, Refused>;
  live: LiveSession;
  /** Whether a search or filter wants all that is left to be seen. */
  isUnfolded: boolean;
}

/** All controls of a kind, which unfold: a district has hundreds, and those out of sight cost nothing. */
export function ControlKind({ kind, controls, values, refused, live, isUnfolded }: Props) {
  const { say, name } = useReading();
  const [isOpen, setIsOpen] = useState(kind === "project");
  const groups = useMemo(() => groupsOf(controls, name), [controls, name]);
  const isShown = isOpen || isUnfolded;
  return (
    <details
      class="control-kind"
      open={isShown}
      onToggle={(event) => {
        if (!isUnfolded) {
          setIsOpen(event.currentTarget.open);
        }
      }}
    >
      <summary>
        {say(kindWord[kind])} <span class="count">{controls.length}</span>
      </summary>
      {isShown &&
        groups.map((group) => (
          <ControlGroup key={group.id} group={group} values={values} refused={refused} live={live} />
        ))}
    </details>
  );
}
