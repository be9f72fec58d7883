import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test as base, expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { allSections, chooseLanguage } from "../support/page";
import type { Language } from "../support/page";
import { chainsim, pathway, remove, repository, scratchFolder, serve } from "../support/program";
import type { Server } from "../support/program";

// The pictures of the guides, of the program as it is.
const pictures = join(repository, "examples/screenshots");

interface Made {
  /** Of the pathway. */
  report: string;
  /** Of two scenarios of a year. */
  comparison: string;
}

const test = base.extend<object, { made: Made; server: Server }>({
  made: [
    async ({}, use) => {
      const folder = await scratchFolder();
      await mkdir(pictures, { recursive: true });
      const report = join(folder, "report.html");
      const comparison = join(folder, "comparison.html");
      await chainsim(repository, "report", pathway, "-o", report, "--lang", "zh");
      const scenarios = ["coke_first", "chemicals_first"].map((one) => `scenarios/hainan/${one}.yaml`);
      await chainsim(repository, "report", ...scenarios, "-o", comparison, "--lang", "zh");
      await use({ report, comparison });
      await remove(folder);
    },
    { scope: "worker", timeout: 120_000 },
  ],
  server: [async ({}, use) => serve(use), { scope: "worker", timeout: 120_000 }],
});

const fileOf = (name: string, language: Language) => join(pictures, `${name}.${language}.png`);

async function open(page: Page, file: string, language: Language): Promise<void> {
  await page.goto(pathToFileURL(file).href);
  await allSections(page);
  await chooseLanguage(page, language);
}

/** A section from its heading on, no taller than a window. */
async function takeSection(page: Page, section: string, path: string): Promise<void> {
  const one = page.locator(`#${section}`);
  const go = () => one.evaluate((element) => element.scrollIntoView({ block: "start" }));
  await go();
  for (const chart of await one.locator(".chart-drawing").all()) {
    if (await chart.isVisible()) {
      await expect(chart.locator("svg").first()).toBeVisible();
    }
  }
  await page.waitForTimeout(800); // until what grows has grown, above it as well
  await go();
  const place = await one.boundingBox();
  if (place === null) {
    throw new Error(`${section} is not to be seen`);
  }
  const top = Math.max(0, place.y);
  const height = Math.min(place.height, 900 - top);
  await page.screenshot({ path, clip: { ...place, y: top, height } });
}

const sections: Record<Language, string[]> = {
  zh: ["paths", "flows", "graph", "projects"],
  en: ["flows"],
};

for (const language of ["zh", "en"] as const) {
  test(`The first screen (${language})`, async ({ page, made }) => {
    await open(page, made.report, language);
    await page.screenshot({ path: fileOf("report", language) });
  });

  for (const section of sections[language]) {
    test(`${section} (${language})`, async ({ page, made }) => {
      await open(page, made.report, language);
      if (section === "projects") {
        await page.locator("#projects").getByRole("columnheader", { name: /^投资\(/ }).getByRole("button").click();
      }
      await takeSection(page, section, fileOf(section, language));
    });
  }

  test(`The workbench (${language})`, async ({ page, server }) => {
    await page.goto(server.url);
    await page.getByRole("button", { name: "2020—2035年路径" }).click();
    await allSections(page);
    await chooseLanguage(page, language);
    const coking = page.locator('[data-control="project:b09_aoli_coke_glassfibre_park:built"] input');
    await coking.uncheck();
    await expect(page.getByTestId("changes")).toHaveText(language === "zh" ? "1 处改动" : "1 changed");
    await page.waitForTimeout(6000); // the page is whole again once nothing moves
    await page.screenshot({ path: fileOf("workbench", language) });
  });
}

test("What a number is made of", async ({ page, made }) => {
  await open(page, made.report, "zh");
  await page.locator("#policies button.number").first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.screenshot({ path: fileOf("number", "zh") });
});

test("Two scenarios", async ({ page, made }) => {
  await open(page, made.comparison, "zh");
  await takeSection(page, "comparison", fileOf("comparison", "zh"));
});

test.describe("On a telephone", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test("the first screen", async ({ page, made }) => {
    await open(page, made.report, "zh");
    await page.screenshot({ path: fileOf("telephone", "zh") });
  });
});
