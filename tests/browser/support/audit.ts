import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** Axe looks at each of thousands of elements, which takes its time. */
export const auditTime = 480_000;

/** Rows that are made as those before them, and would take nine parts in ten of that time. */
const furtherRows = "tbody tr:nth-child(n+13)";

interface Audited {
  /** Selectors of what is looked at; all of the page when there is none. */
  parts?: string[];
  /** Whether contrast is measured too. */
  colours?: boolean;
}

/** What axe finds in a page that keeps somebody from using it: rule, and where. */
export async function barriers(page: Page, { parts = [], colours = true }: Audited = {}): Promise<string[]> {
  const axe = parts.reduce((one, part) => one.include(part), new AxeBuilder({ page }).exclude(furtherRows));
  if (!colours) {
    axe.disableRules("color-contrast");
  }
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
