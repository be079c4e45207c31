import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, findTable, goTo, test } from "./window";

test("a person overrules how a column is treated, and takes it back", async ({ window }) => {
  await goTo(window, "samples");
  await window.getByTestId("samples-filter").fill("employee");
  const row = window.getByTestId("samples-grid").locator("[role=row]").nth(1);
  await row.click();
  await window.getByTestId("treat-drop").click();
  await expect(row).toContainText("Drop");
  await expect(row).toContainText("✎");
  await window.keyboard.press("Control+z");
  await expect(row).not.toContainText("✎");
});

test("before and after stand side by side, and before is masked", async ({ window }) => {
  await goTo(window, "tables");
  await (await findTable(window, "audiometry")).click();
  await goTo(window, "samples");
  await window.getByTestId("samples-filter").fill("audiometry");
  await window.getByTestId("samples-grid").locator("[role=row]").nth(1).dblclick();
  const grid = window.getByTestId("preview-grid");
  await expect(grid.locator(".pair").first()).toBeVisible();
  const before = await grid.locator(".pair > span:first-child .value").allTextContents();
  expect(before.join(""), "a letter or digit of somebody's").not.toMatch(/[\p{L}\p{N}]/u);
});

test("before and after opens at the chosen column, and leaves the list as wide as it was", async ({ window }) => {
  await goTo(window, "samples");
  await window.getByTestId("samples-preview").click();
  await expect(window.getByText("Which table?")).toBeVisible();
  await window.keyboard.press("Escape");
  const rows = window.getByTestId("samples-grid").locator("[role=row]");
  await rows.nth(9).click();
  const column = (await rows.nth(9).locator("[role=gridcell]").nth(1).textContent()) ?? "";
  await window.getByTestId("samples-preview").click();
  await expect(window.getByTestId("preview-grid").locator("[data-marked]")).toContainText(column);
  await window.keyboard.press("Escape");
  await expect(window.getByTestId("samples-table")).toHaveValue("");
  await expect(rows.nth(9)).toContainText(column);
});

test("all workbooks are written and told of", async ({ window, engine }) => {
  for (const kind of ["map", "samples", "profile"] as const) {
    const path = join(engine.folder, `${kind}.xlsx`);
    engine.willChoose("save_workbook", path);
    await goTo(window, "export");
    await window.getByTestId(`export-${kind}`).click();
    await expect(window.getByTestId(`exported-${kind}`)).toContainText(path, { timeout: 50_000 });
    expect(existsSync(path)).toBe(true);
  }
});
