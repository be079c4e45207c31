import { writeFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, findTable, goTo, newEngagement, run, test } from "./window";

const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function expectAccessible(window: Page, what: string, scheme: "light" | "dark" = "light") {
  const axe = new AxeBuilder({ page: window });
  // All that the dark scheme changes is colours.
  const { violations } = await (scheme === "dark" ? axe.withRules(["color-contrast"]) : axe.withTags(LEVELS)).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  expect.soft(told, what).toEqual([]);
}

type Place = { name: string; open: (window: Page) => Promise<void> };

const PLACES: Place[] = [
  {
    name: "the ledger",
    open: async (window) => {
      await goTo(window, "snapshot");
      await expect(window.getByTestId("ledger-sum")).toBeVisible();
    },
  },
  {
    name: "the tables",
    open: async (window) => {
      await goTo(window, "tables");
      await (await findTable(window, "audiometry")).click();
      await expect(window.getByTestId("table-open")).toBeVisible();
    },
  },
  {
    name: "a table's columns",
    open: async (window) => {
      await goTo(window, "tables");
      await (await findTable(window, "audiometry")).dblclick();
      await window.getByTestId("columns-grid").locator("[data-column]").nth(1).click();
    },
  },
  {
    name: "a table's rows",
    open: async (window) => {
      await goTo(window, "tables");
      await (await findTable(window, "audiometry")).dblclick();
      await window.getByTestId("sample-rows").click();
      await expect(window.getByTestId("rows-grid").locator(".value").first()).toBeVisible();
    },
  },
  {
    name: "what was found",
    open: async (window) => {
      await goTo(window, "find");
      await window.getByTestId("find-text").fill("hepatitis");
      await window.keyboard.press("Enter");
      await expect(window.getByTestId("find-told")).toContainText("values of");
    },
  },
  {
    name: "one person",
    open: async (window) => {
      await goTo(window, "find");
      await window.getByTestId("find-person").click();
      const people = window.getByTestId("people-grid").locator("[role=row]");
      await expect(people.nth(7)).toBeVisible({ timeout: 20_000 });
      await people.nth(7).dblclick();
      await expect(window.getByTestId("person-told")).toBeVisible();
    },
  },
  {
    name: "a table's diagram",
    open: async (window) => {
      await goTo(window, "tables");
      await (await findTable(window, "clinicvisit")).dblclick();
      await window.getByTestId("diagram-part").click();
      await window.getByTestId("diagram-employee").click({ timeout: 30_000 });
    },
  },
  {
    name: "the issues",
    open: async (window) => {
      await goTo(window, "quality");
      await window.getByTestId("analyze-all").click();
      await expect(window.getByTestId("quality-grid")).toBeVisible({ timeout: 30_000 });
    },
  },
  {
    name: "the map",
    open: async (window) => {
      await goTo(window, "map");
      await window.getByTestId("map-table-audiometry").click();
    },
  },
  {
    name: "the fields",
    open: async (window) => {
      await goTo(window, "map");
      await window.getByTestId("map-table-audiometry").dblclick();
      await window.locator("[data-testid^=map-field-]").first().click();
    },
  },
  {
    name: "the samples",
    open: async (window) => {
      await goTo(window, "samples");
      await window.getByTestId("samples-grid").locator("[role=row]").nth(1).click();
    },
  },
  {
    name: "the exports",
    open: async (window) => {
      await goTo(window, "export");
      await expect(window.getByTestId("export-map")).toBeVisible();
    },
  },
  {
    name: "the modules",
    open: async (window) => {
      await run(window, "Modules and components");
      await window.getByTestId("modules-grid").locator("[role=row]").nth(1).click();
    },
  },
  {
    name: "the keys",
    open: async (window) => {
      await window.keyboard.press("?");
      await expect(window.getByTestId("key-list")).toBeVisible();
    },
  },
];

for (const { name, open } of PLACES) {
  test(`${name}: the rules of access`, async ({ window }) => {
    await open(window);
    await expectAccessible(window, name);
  });
}

test("About passes the rules of access, also in the dark", async ({ window }) => {
  await window.emulateMedia({ reducedMotion: "reduce" });
  await run(window, "About Crosswalk");
  await expect(window.getByTestId("about-grid")).toContainText("MIT");
  await expectAccessible(window, "about");
  await window.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible(window, "about", "dark");
});

test("in the dark every place keeps its contrast", async ({ window }) => {
  test.setTimeout(180_000);
  await window.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  for (const { name, open } of PLACES) {
    await open(window);
    await expectAccessible(window, name, "dark");
  }
});

test("the start passes the rules of access", async ({ engine, page }) => {
  await engine.start();
  await page.goto(engine.url);
  await expect(page.getByTestId("start-new")).toBeVisible();
  await expectAccessible(page, "start");
});

test("how files are read passes the rules of access", async ({ engine, page }) => {
  const [table, other] = [join(engine.folder, "codes.txt"), join(engine.folder, "scan.pdf")];
  writeFileSync(table, "A|1;x\nB|2;y\nC|3;z\n");
  writeFileSync(other, "%PDF-1.4\n");
  await newEngagement(engine, page, table, other);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.getByTestId("load-files").click();
  await expect(page.getByTestId("reading").first()).toBeVisible();
  await expectAccessible(page, "what a file asks");
  await page.getByTestId("choose-reading").nth(1).click();
  await expect(page.getByTestId("asks")).toContainText("Checked");
  await expectAccessible(page, "what a file asked");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible(page, "what a file asked, in the dark", "dark");
  await page.getByTestId("otherwise").click();
  await page.getByTestId("unusual").click();
  await page.getByText("1 file not loaded").click();
  await expectAccessible(page, "how files are read, in the dark", "dark");
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectAccessible(page, "how files are read");
});
