import { useReading } from "../reading";
import { ControlField } from "./ControlField";
import type { Refused, Value } from "./edits";
import type { Group } from "./groups";
import type { LiveSession } from "./session";

interface Props {
  group: Group;
  values: ReadonlyMap<string, Value>;
  refused: ReadonlyMap<string, Refused>;
  live: LiveSession;
}

/** Records of one group, each with its fields. */
export function ControlGroup({ group, values, refused, live }: Props) {
  const { name } = useReading();
  return (
    <section class="control-group">
      {group.title !== "" && <h3>{group.title}</h3>}
      {group.records.map(({ record, controls }) => (
        <fieldset key={record} class="control-record">
          <legend>{controls[0] === undefined ? record : name(controls[0].name)}</legend>
          {controls.map((control) => (
            <ControlField
              key={control.id}
              control={control}
              value={values.get(control.id) ?? control.value}
              refused={refused.get(control.id)}
              live={live}
            />
          ))}
        </fieldset>
      ))}
    </section>
  );
}
