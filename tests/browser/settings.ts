import type { PlaywrightTestConfig } from "@playwright/test";
import { chromium } from "./support/program";

/** One browser of the system at a time; a slow machine is given its time. */
export const settings: PlaywrightTestConfig = {
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: "list",
  timeout: 180_000,
  expect: { timeout: 60_000 },
  outputDir: "test-results/tests",
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "zh-CN",
    launchOptions: { executablePath: chromium, args: ["--no-sandbox"] },
  },
};
