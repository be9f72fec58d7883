import { defineConfig } from "@playwright/test";
import { settings } from "./settings";

export default defineConfig({ ...settings, testDir: "pictures", testMatch: "*.pictures.ts" });
