import { defineConfig } from "@playwright/test";
import { settings } from "./settings";

export default defineConfig({ ...settings, testDir: ".", testMatch: "*.spec.ts" });
