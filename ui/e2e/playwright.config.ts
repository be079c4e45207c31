import { defineConfig } from "@playwright/test";

// The page in a plain browser, with the real engine behind it.
export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  globalSetup: "./demonstration.ts",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Each test has an engine of its own; more at a time would only wait for each other.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // A machine that is short of processors answers late now and then; what passed only the second time is named flaky.
  retries: 1,
  reporter: [["list"]],
  use: {
    viewport: { width: 1280, height: 800 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CROSSWALK_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
