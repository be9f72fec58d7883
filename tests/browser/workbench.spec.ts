import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import { auditTime, barriers, excessWidth } from "./support/audit";
import { allSections, chooseLanguage, rowOf } from "./support/page";
import { chainsim, serve } from "./support/program";
import type { Server } from "./support/program";
import { watch } from "./support/watch";

interface Given {
  quiet: void;
  /** The pathway, open in a session of its own. */
  bench: Page;
}

const test = base.extend<Given, { server: Server }>({
  server: [async ({}, use) => serve(use), { scope: "worker", timeout: 120_000 }],
  quiet: [
    async ({ page }, use) => {
      const { errors } = watch(page);
      await use();
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
  bench: async ({ page, server }, use) => {
    await open(page, server);
    await use(page);
  },
});

async function open(page: Page, { url }: Server): Promise<void> {
  await page.goto(url);
  await page.getByRole("button", { name: "2020—2035年路径" }).click();
  await expect(page.locator(".card")).toHaveCount(8);
  await allSections(page);
}

const control = (page: Page, id: string) => page.locator(`[data-control="${id}"]`);
const fieldOf = (page: Page, id: string) => control(page, id).locator("input");
const changes = (page: Page) => page.getByTestId("changes");

/** Leaves only the controls of one record in sight. */
async function search(page: Page, record: string): Promise<void> {
  await page.locator(".panel").getByRole("searchbox").fill(record);
  await expect(page.locator("[data-control]").first()).toBeVisible();
}

async function openTool(page: Page, title: string): Promise<Locator> {
  const summary = page.locator("summary").filter({ hasText: title });
  const one = page.locator(".tool").filter({ has: summary });
  await one.locator("summary").click();
  return one;
}

// What the workbench has besides the sections of the report.
const live = [".head", ".bar", ".panel"];

// Its 3 Mt/a of coke, in operation from 2023, move nearly every indicator of 2025.
const coking = "project:b09_aoli_coke_glassfibre_park";

test("A scenario is opened, and what may be moved stands beside it", async ({ bench }) => {
  await expect(bench.locator("h1")).toHaveText("2020—2035年路径");
  await expect(changes(bench)).toHaveText("0 处改动");
  expect(await bench.locator('[data-control^="project:"]').count()).toBeGreaterThan(100);
  await expect(fieldOf(bench, `${coking}:built`)).toBeChecked();
  await expect(fieldOf(bench, `${coking}:start`)).toHaveValue("2023");
});

test("A project that is switched off moves the indicators", async ({ bench }) => {
  const shown = rowOf(bench.locator("#indicators"), "能源消费总量(考核口径)").locator(".shown-year");
  const before = await shown.textContent();
  await fieldOf(bench, `${coking}:built`).uncheck();
  await expect(changes(bench)).toHaveText("1 处改动");
  await expect(shown).not.toHaveText(before ?? "");
  await expect(bench.getByTestId("milliseconds")).toHaveText(/^服务器用时 [\d.]+ 毫秒$/);

  await control(bench, `${coking}:built`).getByRole("button", { name: /恢复/ }).click();
  await expect(changes(bench)).toHaveText("0 处改动");
  await expect(shown).toHaveText(before ?? "");
});

test("A cap that is dragged turns its verdict while the slider moves", async ({ bench }) => {
  // In 2025 the mines give 12.85 Mt of the 15 Mt that they may give.
  const verdict = rowOf(bench.locator("#policies"), "煤炭产量上限").locator(".verdict");
  await expect(verdict).toHaveText(/^.达标$/);
  await search(bench, "coal_output_cap");
  const slider = fieldOf(bench, "policy:coal_output_cap:at_most");
  await slider.scrollIntoViewIfNeeded();
  const track = await slider.boundingBox();
  if (track === null) {
    throw new Error("the slider is not in sight");
  }
  const bound = async () => Number(await slider.inputValue());
  const middle = track.y + track.height / 2;
  const grip = track.x + track.width / 2;
  expect(await bound()).toBe(15000);

  await bench.mouse.move(grip, middle);
  await bench.mouse.down();
  for (let at = grip; (await bound()) > 12_850 && at > track.x; at -= 2) {
    await bench.mouse.move(at, middle);
  }
  // The mouse is still down: the page follows the slider.
  await expect(verdict).toHaveText(/不达标/);
  await bench.mouse.up();
  await expect(verdict).toHaveText(/不达标/);
  await expect(changes(bench)).toHaveText("1 处改动");
  await expect(control(bench, "policy:coal_output_cap:at_most").locator("output")).not.toHaveText(/^15,000/);

  await slider.press("End");
  await expect(verdict).toHaveText(/^.达标$/);
});

test("The language is switched with all that was changed", async ({ bench }) => {
  await fieldOf(bench, `${coking}:built`).uncheck();
  await expect(changes(bench)).toHaveText("1 处改动");
  await chooseLanguage(bench, "en");
  await expect(changes(bench)).toHaveText("1 changed");
  await expect(bench.locator("h1")).toHaveText("pathway 2020 to 2035");
  const headings = await bench.locator("h2").allTextContents();
  expect(headings.filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([]);
  await expect(fieldOf(bench, `${coking}:built`)).not.toBeChecked();
});

test("What was changed is saved as a scenario, and is still there when the page is loaded anew", async ({
  bench,
  server,
}) => {
  await fieldOf(bench, `${coking}:built`).uncheck();
  await expect(changes(bench)).toHaveText("1 处改动");
  const save = await openTool(bench, "保存为情景");
  await save.getByLabel("编号(文件名)").fill("without_coking");
  await save.getByLabel("名称", { exact: true }).fill("不建焦化");
  await save.getByRole("button", { name: "保存为情景" }).click();
  await expect(save.getByRole("status")).toContainText("已保存：scenarios/hainan/without_coking.yaml");

  const file = "scenarios/hainan/without_coking.yaml";
  const text = await readFile(join(server.folder, file), "utf8");
  expect(text).toContain("b09_aoli_coke_glassfibre_park");
  expect(text.length).toBeLessThan(1000); // the difference alone
  await chainsim(server.folder, "validate", file);

  await bench.reload();
  await allSections(bench);
  await expect(changes(bench)).toHaveText("1 处改动");
  await expect(fieldOf(bench, `${coking}:built`)).not.toBeChecked();
});

test("A file that is there is replaced only on demand", async ({ bench }) => {
  const save = await openTool(bench, "保存为情景");
  const identifier = save.getByLabel("编号(文件名)");
  const button = save.getByRole("button", { name: "保存为情景" });
  await identifier.fill("saved_twice");
  await button.click();
  await expect(save.getByRole("status")).toContainText("已保存：");
  await button.click();
  await expect(identifier).toHaveAttribute("aria-invalid", "true");
  await save.getByRole("button", { name: "替换已有文件" }).click();
  await expect(save.getByRole("status")).toContainText("已保存：");

  await identifier.fill("../../elsewhere");
  await button.click();
  await expect(save.locator(".field-error").first()).not.toBeEmpty();
  await expect(save.getByRole("status")).not.toContainText("已保存：");
});

test("What the loader says of a value stands at its field", async ({ bench }) => {
  const capex = fieldOf(bench, `${coking}:capex`);
  await capex.fill("50 bananas");
  await expect(capex).toHaveAttribute("aria-invalid", "true");
  await expect(capex).toHaveAccessibleDescription("unknown unit 'bananas' write it in CNY");
  await expect(capex).toHaveValue("50 bananas");
  await expect(changes(bench)).toHaveText("0 处改动");

  await capex.fill("50 亿元");
  await expect(capex).toHaveAttribute("aria-invalid", "false");
  await expect(changes(bench)).toHaveText("1 处改动");
});

test("A sample is drawn, and another one is cancelled", async ({ bench }) => {
  const jobs = await openTool(bench, "优化与抽样");
  const draws = jobs.getByLabel("抽样次数");
  const start = jobs.getByRole("button", { name: "抽样", exact: true });
  await draws.fill("4");
  await start.click();
  const lines = jobs.locator(".job");
  await expect(lines).toHaveCount(1);
  await expect(lines.first()).toContainText("完成", { timeout: 45_000 });
  await expect(bench.locator("#samples .chart-drawing").first()).toBeAttached();

  await draws.fill("100000");
  await start.click();
  await expect(lines).toHaveCount(2);
  await expect(lines.last()).toContainText("进行中");
  await lines.last().getByRole("button", { name: "取消" }).click();
  await expect(lines.last()).toContainText("已取消", { timeout: 30_000 });
});

test("A request of another page, or for another host, is refused, and the server lives", async ({
  request,
  server,
}) => {
  const asked = (path: string, headers: Record<string, string> = {}) =>
    request.get(new URL(path, server.url).href, { headers });
  const sessions = new URL("/api/sessions", server.url).href;
  expect((await asked("/api/words", { Host: "evil.example" })).status()).toBe(403);
  expect((await asked("/api/words", { Origin: "http://evil.example" })).status()).toBe(403);
  expect((await asked("/..%2f..%2fetc/passwd")).ok()).toBe(false);
  const opening = { data: { scenario: "../../etc/passwd" }, headers: { Origin: "http://evil.example" } };
  expect((await request.post(sessions, opening)).status()).toBe(403);
  const outside = await request.post(sessions, { data: { scenario: "../../etc/passwd" } });
  expect(outside.status()).toBeGreaterThanOrEqual(400);
  expect(outside.status()).toBeLessThan(500);
  expect((await asked("/api/words")).status()).toBe(200);
});

for (const language of ["zh", "en"] as const) {
  test(`Nothing keeps anybody from using it (axe, ${language})`, async ({ bench }) => {
    test.setTimeout(auditTime);
    await chooseLanguage(bench, language);
    expect(await barriers(bench, { parts: live })).toEqual([]);
  });

  test.describe(`On a telephone (${language})`, () => {
    test.use({ viewport: { width: 390, height: 844 } });
    test("the controls come from below, and the page does not scroll sideways", async ({ bench }) => {
      test.setTimeout(auditTime);
      await chooseLanguage(bench, language);
      expect(await excessWidth(bench)).toBeLessThanOrEqual(0);
      const handle = bench.locator(".panel-handle");
      await handle.click();
      await expect(handle).toHaveAttribute("aria-expanded", "true");
      await expect(control(bench, `${coking}:built`)).toBeVisible();
      expect(await excessWidth(bench)).toBeLessThanOrEqual(0);
      expect(await barriers(bench, { parts: live })).toEqual([]);
    });
  });
}
