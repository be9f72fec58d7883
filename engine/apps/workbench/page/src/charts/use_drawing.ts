import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { isPrinting } from "../printing";
import { makeDrawing } from "./echarts";
import type { ChartOption, Drawing, Picked } from "./echarts";

export interface Plan {
  /** The chart for a width: narrow ones have shorter labels. */
  draw: (width: number) => ChartOption;
  height: (width: number) => number;
  onPick?: ((picked: Picked) => void) | undefined;
  onFailure: (error: unknown) => void;
}

const distanceBeforeSight = "400px";

/** Draws into the element once it comes near to sight or is printed, and again when its width or the plan changes. */
export function useDrawing(element: RefObject<HTMLElement>, plan: Plan): void {
  const latest = useRef(plan);
  latest.current = plan;
  const drawing = useRef<Drawing | null>(null);

  const redraw = useRef(() => {
    const at = element.current;
    const width = at?.clientWidth ?? 0;
    if (at === null || width === 0) {
      return;
    }
    const { draw, height, onFailure } = latest.current;
    try {
      const size = height(width);
      if (drawing.current === null) {
        drawing.current = makeDrawing(at, width, size);
        drawing.current.onPick((picked) => latest.current.onPick?.(picked));
      } else {
        drawing.current.resize(width, size);
      }
      drawing.current.show(draw(width));
    } catch (error) {
      onFailure(error);
    }
  });

  useLayoutEffect(() => {
    const at = element.current;
    if (at === null) {
      return undefined;
    }
    const draw = redraw.current;
    let width = 0;
    const sizes = new ResizeObserver(() => {
      // A change of height alone is our own doing.
      if (drawing.current !== null && at.clientWidth !== width) {
        width = at.clientWidth;
        draw();
      }
    });
    const sight = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting) && drawing.current === null) {
          width = at.clientWidth;
          draw();
        }
      },
      { rootMargin: distanceBeforeSight },
    );
    if (isPrinting()) {
      draw();
    }
    sizes.observe(at);
    sight.observe(at);
    window.addEventListener("beforeprint", draw);
    window.addEventListener("afterprint", draw);
    return () => {
      sizes.disconnect();
      sight.disconnect();
      window.removeEventListener("beforeprint", draw);
      window.removeEventListener("afterprint", draw);
      drawing.current?.dispose();
      drawing.current = null;
    };
  }, [element]);

  useEffect(() => {
    if (drawing.current !== null) {
      redraw.current();
    }
  }, [plan.draw]);
}
