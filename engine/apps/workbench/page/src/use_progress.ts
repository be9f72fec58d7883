import { options } from "preact";
import { useEffect, useState } from "preact/hooks";

const atOnce = 3;

/** Changes the state of a component and draws it before it returns: the browser lays out paper right after `beforeprint`. */
function renderNow(change: () => void): void {
  const { debounceRendering } = options;
  options.debounceRendering = (work) => work();
  change();
  options.debounceRendering = debounceRendering;
}

/** How many of all parts are shown: the first ones at once, the others one by one, so that the page can be used meanwhile. */
export function useProgress(total: number): number {
  const [count, setCount] = useState(atOnce);
  useEffect(() => {
    if (count >= total) {
      return undefined;
    }
    const timer = setTimeout(() => setCount(count + 1));
    const finish = () => renderNow(() => setCount(total));
    window.addEventListener("beforeprint", finish);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("beforeprint", finish);
    };
  }, [count, total]);
  return count;
}
