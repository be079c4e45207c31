import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, findTable, goTo, run, test } from "./window";

const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function expectAccessible(window: Page, what: string, scheme: "light" | "dark" = "light") {
  const axe = new AxeBuilder({ page: window });
  // All that the dark scheme changes is colours.
  const { violations } = await (scheme === "dark" ? axe.withRules(["color-contrast"]) : axe.withTags(LEVELS)).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  expect.soft(told, what).toEqual([]);
}

for (const scheme of ["light", "dark"] as const) {
  test(`every place passes the rules of access, ${scheme}`, async ({ window }) => {
    test.setTimeout(180_000);
    await window.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await goTo(window, "snapshot");
    await expect(window.getByTestId("ledger-sum")).toBeVisible();
    await expectAccessible(window, "snapshot", scheme);
    await goTo(window, "tables");
    await (await findTable(window, "audiometry")).click();
    await expectAccessible(window, "tables", scheme);
    await window.getByTestId("table-open").click();
    await window.getByTestId("columns-grid").locator("[data-column]").nth(1).click();
    await expectAccessible(window, "columns", scheme);
    await window.getByTestId("sample-rows").click();
    await expect(window.getByTestId("rows-grid")).toBeVisible();
    await expectAccessible(window, "sample rows", scheme);
    await goTo(window, "map");
    await expect(window.getByTestId("map-canvas")).toBeVisible();
    await expectAccessible(window, "map", scheme);
    await goTo(window, "samples");
    await window.getByTestId("samples-grid").locator("[role=row]").nth(1).click();
    await expectAccessible(window, "samples", scheme);
    await goTo(window, "export");
    await expect(window.getByTestId("export-map")).toBeVisible();
    await expectAccessible(window, "export", scheme);
    await run(window, "Modules and components");
    await expect(window.getByTestId("modules-grid")).toBeVisible();
    await expectAccessible(window, "modules", scheme);
    await window.keyboard.press("?");
    await expect(window.getByTestId("key-list")).toBeVisible();
    await expectAccessible(window, "keys", scheme);
  });
}

test("the start passes the rules of access", async ({ engine, page }) => {
  await engine.start();
  await page.goto(engine.url);
  await expect(page.getByTestId("start-new")).toBeVisible();
  await expectAccessible(page, "start");
});
