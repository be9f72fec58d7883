/** The course of a number at a glance; the numbers themselves stand beside it. */
export function Sparkline({ values, index }: { values: (number | null)[]; index: number }) {
  const width = 84;
  const height = 22;
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) {
    return null;
  }
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const x = (at: number) => 3 + (at * (width - 6)) / Math.max(1, values.length - 1);
  const y = (value: number) => height - 3 - ((value - low) * (height - 6)) / span;
  let isPen = false; // down: a gap lifts it
  const path = values
    .map((value, at) => {
      const command = value === null ? "" : `${isPen ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
      isPen = value !== null;
      return command;
    })
    .join("");
  const current = values[index] ?? null;
  return (
    <svg
      class="sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      <path d={path} />
      {current !== null && <circle cx={x(index)} cy={y(current)} r="2.5" />}
    </svg>
  );
}
