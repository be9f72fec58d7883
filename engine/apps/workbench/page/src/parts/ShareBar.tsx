/** A small bar beside a number that says the same. */
export function ShareBar({ share, isNegative = false }: { share: number; isNegative?: boolean }) {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return (
    <svg class="share-bar" width="100" height="10" viewBox="0 0 100 10" aria-hidden="true">
      <rect class="share-bar-ground" x="0" y="0" width="100" height="10" />
      <rect
        class={isNegative ? "share-bar-negative" : "share-bar-positive"}
        x="0"
        y="0"
        width={width}
        height="10"
      />
    </svg>
  );
}
