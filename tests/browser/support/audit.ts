import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** Axe looks at each of twenty thousand elements, which takes its time. */
export const auditTime = 240_000;

/** What axe finds in parts of the page, or in all of it, that keeps somebody from using it: rule, and where. */
export async function barriers(page: Page, ...parts: string[]): Promise<string[]> {
  const axe = parts.reduce((one, part) => one.include(part), new AxeBuilder({ page }));
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 5).map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ""}`),
    );
}

/** By how many pixels the page is wider than its window. */
export function excessWidth(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
