import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";

export type Language = "zh" | "en";

/** Sections come one after the other, so that the first can be used at once, and flows once the year is there: waits for all. */
export async function allSections(page: Page): Promise<void> {
  await page.locator("#flows").waitFor({ state: "attached" });
  await page.waitForFunction(() => {
    const contents = [...document.querySelectorAll("nav a")].map((one) => one.getAttribute("href") ?? "#");
    return contents.every((section) => document.querySelector(`main ${section}`) !== null);
  });
}

export async function chooseLanguage(page: Page, language: Language): Promise<void> {
  const button = page.locator(`.languages button[lang="${language}"]`);
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
}

export async function chooseYear(page: Page, year: number): Promise<void> {
  await page.locator(".year", { hasText: String(year) }).click();
  await expect(page.locator(".year-shown")).toHaveText(String(year));
}

/** The row of a table that begins with these words. */
export function rowOf(section: Locator, words: string): Locator {
  return section
    .getByRole("row")
    .filter({ has: section.page().getByRole("rowheader", { name: words, exact: true }) });
}

/** Draws each chart: one that was never near to sight is left for later. */
export async function seeAll(page: Page): Promise<void> {
  for (const chart of await page.locator(".chart-drawing").all()) {
    await chart.scrollIntoViewIfNeeded();
    await expect(chart.locator("svg")).toBeVisible();
  }
}
