import { statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test as base, expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { auditTime, barriers, excessWidth } from "./support/audit";
import { allSections, chooseLanguage, chooseYear, rowOf, seeAll } from "./support/page";
import { chainsim, pathway, remove, repository, scratchFolder } from "./support/program";
import { watch } from "./support/watch";
import type { Watched } from "./support/watch";

// What these tests read of `chainsim check --json`.
interface Judged {
  id: string;
  name: { zh: string; en: string };
  formula: string;
  value: number | null;
  unit: string;
  verdict: string;
  source: string;
}
interface Checked {
  years: { year: number; policies: Judged[] }[];
}

interface Made {
  report: string;
  checked: Checked;
}

interface Given {
  watched: Watched;
  /** The report, open and complete. */
  report: Page;
}

const test = base.extend<Given, { made: Made }>({
  // Both are of the same program and scenario, and made once.
  made: [
    async ({}, use) => {
      const folder = await scratchFolder();
      const report = join(folder, "report.html");
      await chainsim(repository, "report", pathway, "-o", report, "--lang", "zh");
      const checked = JSON.parse(await chainsim(repository, "check", pathway, "--json")) as Checked;
      await use({ report, checked });
      await remove(folder);
    },
    { scope: "worker", timeout: 120_000 },
  ],
  // Whatever a test does with the report: it asks for nothing but its file, and complains of nothing.
  watched: [
    async ({ page, made }, use) => {
      const watched = watch(page);
      await use(watched);
      const file = pathToFileURL(made.report).href;
      expect(watched.errors).toEqual([]);
      expect(watched.failures).toEqual([]);
      expect(watched.requests.filter((url) => url !== file)).toEqual([]);
    },
    { auto: true },
  ],
  report: async ({ page, made, watched: _ }, use) => {
    await page.goto(pathToFileURL(made.report).href);
    await allSections(page);
    await use(page);
  },
});

test.use({ offline: true });

const dialogOf = (page: Page) => page.getByRole("dialog");

test("The file is smaller than 3 MB", ({ made }) => {
  const { size } = statSync(made.report);
  console.log(`report: ${(size / 1e6).toFixed(2)} MB`);
  expect(size).toBeLessThan(3e6);
});

test("It opens from disk with the network off, and can be used at once", async ({ page, made }) => {
  await page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      if (document.querySelectorAll(".card").length === 8) {
        seen.disconnect();
        // After the frame in which the cards are painted.
        requestAnimationFrame(() => setTimeout(() => Object.assign(window, { cardsAt: performance.now() })));
      }
    });
    seen.observe(document, { childList: true, subtree: true });
  });
  await page.goto(pathToFileURL(made.report).href);
  const cardsAt = await page.waitForFunction(() => (window as { cardsAt?: number }).cardsAt);
  const milliseconds = Number(await cardsAt.jsonValue());
  await allSections(page);
  const whole = await page.evaluate(() => performance.now());
  console.log(
    `report: first screen after ${milliseconds.toFixed(0)} ms, all of it after ${whole.toFixed(0)} ms`,
  );
  expect(milliseconds).toBeLessThan(3000);
});

test("The first screen shows its eight answers without scrolling", async ({ report }) => {
  const cards = report.locator(".card");
  await expect(cards).toHaveCount(8);
  for (const card of await cards.all()) {
    await expect(card).toBeInViewport({ ratio: 1 });
  }
  await expect(report.locator(".card-verdict .verdict")).toHaveText(/不达标/);
});

// The fewest drawings of a section, and the fewest marks of each.
const drawn = [
  { section: "paths", drawing: ".chart-drawing", least: 2, marks: 20 },
  { section: "indicators", drawing: ".sparkline", least: 10, marks: 1 },
  { section: "flows", drawing: ".chart-drawing", least: 3, marks: 20 },
  { section: "graph", drawing: "svg.picture", least: 1, marks: 20 },
  { section: "balance", drawing: ".chart-drawing", least: 1, marks: 10 },
  { section: "standards", drawing: "svg.bullet", least: 5, marks: 3 },
  { section: "confidence", drawing: ".chart-drawing", least: 1, marks: 10 },
];

test("Every drawing is filled", async ({ report }) => {
  for (const { section, drawing, least, marks } of drawn) {
    const drawings = await report.locator(`#${section}`).locator(drawing).all();
    expect(drawings.length, section).toBeGreaterThanOrEqual(least);
    for (const one of drawings) {
      await one.scrollIntoViewIfNeeded();
      await expect
        .poll(() => one.locator("path, rect, line, polyline, circle").count(), { message: section })
        .toBeGreaterThanOrEqual(marks);
    }
  }
});

test("A chart can be read as a table", async ({ report }) => {
  const energy = report.locator("#flows article").nth(1);
  await energy.getByRole("button", { name: "以表格显示" }).click();
  expect(await energy.getByRole("row").count()).toBeGreaterThan(10);
});

test("Every heading follows the language", async ({ report }) => {
  const headings = report.locator("main h2");
  const chinese = await headings.allTextContents();
  expect(chinese.every((text) => /[\u4e00-\u9fff]/.test(text))).toBe(true);
  await expect(report.locator("html")).toHaveAttribute("lang", "zh-CN");

  await chooseLanguage(report, "en");
  const english = await headings.allTextContents();
  expect(english.filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([]);
  await expect(report.locator("html")).toHaveAttribute("lang", "en");
  await expect(report.locator("h1")).toHaveText("pathway 2020 to 2035");

  await chooseLanguage(report, "zh");
  expect(await headings.allTextContents()).toEqual(chinese);
});

for (const year of [2025, 2030]) {
  test(`A number of a policy in ${year} tells what \`check --json\` says of it`, async ({ report, made }) => {
    await chooseYear(report, year);
    const judged = made.checked.years.find((one) => one.year === year)?.policies ?? [];
    const known = judged.filter(({ value, verdict }) => value !== null && verdict !== "not_applicable");
    expect(known.length).toBeGreaterThan(10);
    for (const policy of known) {
      const row = rowOf(report.locator("#policies"), policy.name.zh);
      await row.locator("button.number").first().click();
      const dialog = dialogOf(report);
      await expect(dialog.getByRole("heading", { level: 2 })).toHaveText(`${policy.name.zh} ${year}`);
      const unit = policy.unit === "1" ? "" : ` ${policy.unit}`;
      await expect(dialog.locator(".exact")).toHaveText(`引擎原值 ${policy.value}${unit}`);
      await expect(dialog.getByTestId("explain-formula")).toHaveText(policy.formula);
      await expect(dialog.getByTestId("explain-source")).toHaveText(policy.source);
      await report.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
    }
  });
}

test("Projects are sorted by the heading that is clicked", async ({ report }) => {
  const projects = report.locator("#projects");
  const heading = projects.getByRole("columnheader", { name: /^投资\(/ });
  const place = await heading.evaluate((cell) => (cell as HTMLTableCellElement).cellIndex);
  const numbers = async () => {
    const texts = await projects.locator(`tbody tr:not(.sum) > :nth-child(${place + 1})`).allTextContents();
    return texts
      .map((text) => Number.parseFloat(text.replaceAll(",", "")))
      .filter((value) => !Number.isNaN(value));
  };
  const descending = (values: number[]) => [...values].sort((a, b) => b - a);
  await expect(heading).toHaveAttribute("aria-sort", "none");

  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  const largest = await numbers();
  expect(largest.length).toBeGreaterThan(20);
  expect(largest).toEqual(descending(largest));

  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "ascending");
  expect(await numbers()).toEqual(descending(largest).reverse());
});

test("The keyboard alone asks a number where it comes from", async ({ report }) => {
  const focused = report.locator(":focus");
  // In the page: a locator would wait for something to be focused, and nothing is at first.
  const isNumber = () => report.evaluate(() => document.activeElement?.matches("button.number") ?? false);
  for (let steps = 0; steps < 100 && !(await isNumber()); ++steps) {
    await report.keyboard.press("Tab");
  }
  await expect(focused).toHaveClass(/number/);
  const asked = await focused.textContent();

  await report.keyboard.press("Enter");
  await expect(dialogOf(report)).toBeVisible();
  await expect(dialogOf(report).getByTestId("explain-formula")).not.toBeEmpty();
  await report.keyboard.press("Escape");
  await expect(dialogOf(report)).toBeHidden();
  expect(await focused.textContent()).toBe(asked);
});

test("The first step of the keyboard leads past the navigation", async ({ report }) => {
  await report.keyboard.press("Tab");
  await expect(report.locator(":focus")).toHaveText("跳到正文");
  await report.keyboard.press("Enter");
  await expect(report.locator("#main")).toBeFocused();
});

test("It prints to A4 with every chart", async ({ report }) => {
  const pdf = (await report.pdf({ preferCSSPageSize: true })).toString("latin1");
  const sizes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map(([, width, height]) =>
    [Number(width), Number(height)].map(Math.round).sort((a, b) => a - b),
  );
  console.log(`report: ${sizes.length} sheets of paper, ${(pdf.length / 1e6).toFixed(2)} MB`);
  expect(sizes.length).toBeGreaterThan(3);
  expect(new Set(sizes.map(String))).toEqual(new Set(["595,842"]));
  for (const chart of await report.locator(".chart-drawing").all()) {
    expect(await chart.locator("svg path").count()).toBeGreaterThan(3);
  }
});

test("No table is wider than the paper", async ({ report }) => {
  await report.emulateMedia({ media: "print" });
  await report.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  // By the style sheet a section has the width of the paper that it is printed on.
  const cut = await report.locator("main section table").evaluateAll((tables) =>
    tables.flatMap((table) => {
      const right = table.closest("section")?.getBoundingClientRect().right ?? 0;
      const excess = table.getBoundingClientRect().right - right;
      return excess > 1 ? [`${table.querySelector("caption")?.textContent}: ${Math.round(excess)} px`] : [];
    }),
  );
  expect(cut).toEqual([]);
  const widths = await report
    .locator("main section")
    .evaluateAll((sections) => sections.map((one) => Math.round(one.getBoundingClientRect().width)));
  expect(widths.filter((width) => width > 1047)).toEqual([]);
});

for (const language of ["zh", "en"] as const) {
  test(`Nothing keeps anybody from using it (axe, ${language})`, async ({ report }) => {
    test.setTimeout(auditTime);
    await chooseLanguage(report, language);
    await seeAll(report);
    // Colours are the same in both languages, and take axe most of its time.
    expect(await barriers(report, { colours: language === "zh" })).toEqual([]);
    await report.locator("#policies button.number").first().click();
    expect(await barriers(report, { parts: ["dialog"] })).toEqual([]);
  });

  test.describe(`On a telephone (${language})`, () => {
    test.use({ viewport: { width: 390, height: 844 } });
    test("the page does not scroll sideways", async ({ report }) => {
      await chooseLanguage(report, language);
      await seeAll(report);
      expect(await excessWidth(report)).toBeLessThanOrEqual(0);
    });
  });
}
