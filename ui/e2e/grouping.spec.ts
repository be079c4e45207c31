import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, filterTables, goTo, run, tableRow, test } from "./window";

test.beforeEach(async ({ window }) => {
  await goTo(window, "tables");
  await expect(window.getByTestId("tables-grid").locator("[data-table]").nth(3)).toBeVisible();
});

async function groupBy(window: Page, label: string) {
  await window.getByTestId("tables-group").click();
  await window.getByRole("option", { name: label }).click();
}

const heads = (window: Page) => window.getByTestId("grid-group");
const head = (window: Page, name: string) => heads(window).filter({ has: window.getByText(name, { exact: true }) });
const listed = (window: Page) => window.getByTestId("tables-listed");

test("the head of a family selects its tables, so that one key decides them all", async ({ window }) => {
  await groupBy(window, "By family");
  await expect(head(window, "clinicvisit")).toContainText("22 tables", { timeout: 30_000 });
  await head(window, "clinicvisit").click();
  await expect(listed(window)).toContainText("22 selected");
  await window.keyboard.press("a");
  await expect(tableRow(window, "audiometry")).toContainText("Archive only");
  await window.keyboard.press("Control+z");
  await expect(tableRow(window, "audiometry")).toContainText("Both");
});

test("the keyboard goes through heads, closes and opens them", async ({ window }) => {
  await groupBy(window, "By disposition");
  const grid = window.getByTestId("tables-grid");
  await head(window, "Discrete").click();
  await expect(head(window, "Discrete")).toHaveAttribute("aria-expanded", "true");
  await window.keyboard.press("ArrowLeft");
  await expect(head(window, "Discrete")).toHaveAttribute("aria-expanded", "false");
  await expect(listed(window), "what is closed stays selected").not.toContainText("· 0 selected");
  await expect(grid.locator("[data-table]").first()).not.toContainText("Discrete");
  await window.keyboard.press("ArrowDown");
  await expect(heads(window).nth(1)).toHaveAttribute("aria-selected", "true");
  await window.keyboard.press("ArrowDown");
  await expect(listed(window)).toContainText("1 selected");
  await window.keyboard.press("ArrowLeft");
  await expect(heads(window).nth(1)).toHaveAttribute("data-active", "true");
  await window.keyboard.press("Home");
  await window.keyboard.press("Enter");
  await expect(head(window, "Discrete")).toHaveAttribute("aria-expanded", "true");
  await window.getByTestId("turn-groups").click();
  await expect(grid.locator("[data-table]")).toHaveCount(0);
});

test("a table that leaves the filter stays listed among groups, too, and one comes out of a chosen group", async ({
  window,
}) => {
  await groupBy(window, "By role");
  await window.getByTestId("only-undecided").click();
  await filterTables(window, "clinic");
  const row = tableRow(window, "clinicaltest");
  await row.click();
  await window.keyboard.press("n");
  await expect(row).toContainText("Not migrated");
  await filterTables(window, "");
  await head(window, "event").click();
  const chosen = Number((await listed(window).textContent())?.match(/(\d+) selected/)?.[1]);
  await tableRow(window, "appointments").click({ modifiers: ["Control"] });
  await expect(listed(window)).toContainText(`${chosen - 1} selected`);
  await expect(head(window, "event")).toHaveAttribute("aria-selected", "false");
});

const ROOMS = [
  { width: 1280, zoom: false },
  { width: 1280, zoom: true },
  { width: 1100, zoom: false },
  { width: 900, zoom: false },
];

for (const { width, zoom } of ROOMS) {
  test(`the rows stay where they are when the details open, ${width} pixels wide${zoom ? ", projected" : ""}`, async ({
    window,
  }) => {
    await window.setViewportSize({ width, height: 800 });
    if (zoom) await run(window, "Meeting mode: 150 %");
    const row = window.getByTestId("tables-grid").locator("[data-table]").nth(1);
    for (const label of ["No groups", "By role"]) {
      await groupBy(window, label);
      await expect(row).toBeVisible();
      const before = await row.boundingBox();
      await row.click();
      await expect(window.getByTestId("table-open")).toBeVisible();
      expect((await row.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0);
      expect(await window.locator("main").evaluate((main) => main.scrollWidth - main.clientWidth)).toBeLessThan(1);
      await window.keyboard.press("Escape");
      await expect(window.getByTestId("table-open")).toBeHidden();
    }
  });
}

test("groups pass the rules of access, also in the dark", async ({ window }) => {
  await window.emulateMedia({ reducedMotion: "reduce" });
  await groupBy(window, "By role");
  await heads(window).first().click();
  const { violations } = await new AxeBuilder({ page: window })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await window.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const dark = await new AxeBuilder({ page: window }).withRules(["color-contrast"]).analyze();
  expect(dark.violations.map(({ id }) => id)).toEqual([]);
});
