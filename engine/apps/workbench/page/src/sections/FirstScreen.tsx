import type { Cell, Name, Part, Verdict } from "../contract";
import { isNumber } from "../parts/part_content";
import { NumberButton } from "../parts/NumberButton";
import { ofTrace, useExplain } from "../parts/explanation";
import { TracedWord } from "../parts/TracedWord";
import { VerdictMark } from "../parts/VerdictMark";
import { useReading } from "../reading";
import type { Shown } from "./shown";

type Row = Part["rows"][number];

const longText = 12;

function titleOf(row: Row): Name {
  const [title] = row.cells;
  return title === undefined || isNumber(title) ? { zh: row.id, en: row.id } : title.t;
}

function CardValue({ row, cell }: { row: Row; cell: Cell }) {
  const title = titleOf(row);
  if (!isNumber(cell)) {
    return <TracedWord cell={cell} title={title} />;
  }
  const explanation =
    cell.trace === undefined ? undefined : ofTrace(title, cell.v, cell.u, cell.trace, cell.basis);
  return <NumberButton value={cell.v} unit={cell.u} explanation={explanation} />;
}

/** The verdict follows at once what is moved; the words of the row may be those of a moment ago. */
function CardVerdict({ row, cell, verdict }: { row: Row; cell: Cell | undefined; verdict: Verdict }) {
  const explain = useExplain();
  const trace = cell?.trace;
  if (trace === undefined) {
    return <VerdictMark verdict={verdict} />;
  }
  return (
    <button
      type="button"
      class="number"
      aria-haspopup="dialog"
      onClick={() => explain(ofTrace(titleOf(row), null, "", trace))}
    >
      <VerdictMark verdict={verdict} />
    </button>
  );
}

/** A row of the first screen: what it is about, the answer, and the remark below it. */
function Card({ row, shown }: { row: Row; shown: Shown }) {
  const reading = useReading();
  const [, value, ...remarks] = row.cells;
  const { verdict } = shown.district;
  const isVerdict = row.id === "verdict";
  const isLong = value !== undefined && !isNumber(value) && reading.name(value.t).length > longText;
  return (
    <article class={isVerdict ? `card card-verdict card-${verdict}` : "card"}>
      <h3>{reading.name(titleOf(row))}</h3>
      <p class={isLong && !isVerdict ? "card-value card-value-long" : "card-value"}>
        {isVerdict ? (
          <CardVerdict row={row} cell={value} verdict={verdict} />
        ) : (
          value !== undefined && <CardValue row={row} cell={value} />
        )}
      </p>
      {remarks.map((remark, index) => (
        <p key={index} class="card-remark">
          <CardValue row={row} cell={remark} />
        </p>
      ))}
    </article>
  );
}

/** 首屏: the eight answers a leader looks for. */
export function FirstScreen({ shown }: { shown: Shown }) {
  const { say, name } = useReading();
  const { screen } = shown.district;
  return (
    <section id="screen" class="section first-screen" aria-labelledby="screen-title" tabIndex={-1}>
      <h2 id="screen-title">{say("view_screen")}</h2>
      <div class="cards">
        {screen.rows.map((row) => (
          <Card key={row.id} row={row} shown={shown} />
        ))}
      </div>
      {screen.notes.map((note, index) => (
        <p key={index} class="note">
          {name(note)}
        </p>
      ))}
    </section>
  );
}
