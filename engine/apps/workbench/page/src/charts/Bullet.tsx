import type { Product } from "../contract";
import { readerText } from "../number";
import { useReading } from "../reading";

const width = 250;
// Room for the word at the last tick.
const margin = 50;
const height = 34;
const barTop = 4;
const barHeight = 14;

/** Unit energy against benchmark and baseline: less is better. Bands get darker away from the benchmark, ticks are named. */
export function Bullet({ product }: { product: Product }) {
  const { say } = useReading();
  const { value, benchmark, baseline, levels } = product;
  const known = [value, benchmark, baseline, ...levels].filter((one): one is number => one !== null);
  const most = 1.12 * Math.max(0, ...known);
  if (most === 0) {
    return null;
  }
  const x = (at: number) => (at * width) / most;
  const bands = [
    { from: 0, to: benchmark ?? 0, kind: "bullet-good" },
    { from: benchmark ?? 0, to: baseline ?? benchmark ?? 0, kind: "bullet-middle" },
    {
      from: baseline ?? benchmark ?? 0,
      to: most,
      kind: benchmark === null && baseline === null ? "bullet-good" : "bullet-bad",
    },
  ];
  const ticks = [
    { at: benchmark, text: say("view_benchmark"), anchor: "end" as const },
    { at: baseline, text: say("view_baseline"), anchor: "start" as const },
  ];
  const label = [
    `${say("view_value")} ${readerText(value)}`,
    ...ticks.map((tick) => `${tick.text} ${readerText(tick.at)}`),
    product.unit,
  ].join(", ");
  return (
    <svg
      class="bullet"
      viewBox={`0 0 ${width + margin} ${height}`}
      width={width + margin}
      height={height}
      role="img"
      aria-label={label}
    >
      {bands.map((band) => (
        <rect
          key={band.kind}
          class={band.kind}
          x={x(band.from)}
          y={barTop}
          width={Math.max(0, x(band.to) - x(band.from))}
          height={barHeight}
        />
      ))}
      {levels.map((level, index) =>
        level === null ? null : (
          <line
            key={index}
            class="bullet-level"
            x1={x(level)}
            x2={x(level)}
            y1={barTop}
            y2={barTop + barHeight}
          />
        ),
      )}
      {value !== null && (
        <rect class="bullet-value" x="0" y={barTop + 4} width={x(value)} height={barHeight - 8} />
      )}
      {ticks.map(({ at, text, anchor }) =>
        at === null ? null : (
          <g key={text} class="bullet-tick">
            <line x1={x(at)} x2={x(at)} y1={barTop - 3} y2={barTop + barHeight + 3} />
            <text x={x(at) + (anchor === "end" ? 2 : -2)} y={height - 3} text-anchor={anchor}>
              {text}
            </text>
          </g>
        ),
      )}
    </svg>
  );
}
