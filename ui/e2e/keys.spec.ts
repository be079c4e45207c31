import { expect, filterTables, goTo, run, test } from "./window";

test("the palette runs actions and opens tables by name", async ({ window }) => {
  await window.keyboard.press("Control+k");
  await window.getByPlaceholder("Search actions, tables and columns").fill("audiom");
  await expect(window.getByRole("button", { name: /audiometry/ }).first()).toBeVisible();
  await window.keyboard.press("Enter");
  await expect(window.getByTestId("table-screen")).toContainText("audiometry");
  await run(window, "Modules and components");
  await expect(window.getByTestId("modules-grid")).toBeVisible();
  await run(window, "History of edits");
  await expect(window.getByTestId("history-grid")).toBeVisible();
});

test("? lists the keys, Esc closes the list and then goes back one level", async ({ window }) => {
  await goTo(window, "tables");
  await goTo(window, "map");
  await window.keyboard.press("?");
  await expect(window.getByTestId("key-list")).toContainText("Undo");
  await window.keyboard.press("Escape");
  await expect(window.getByTestId("key-list")).toBeHidden();
  await expect(window.getByTestId("map-canvas")).toBeVisible();
  await window.keyboard.press("Escape");
  await expect(window.getByTestId("tables-grid")).toBeVisible();
});

test("About names the version, and finds a part by its name or its licence", async ({ window }) => {
  await run(window, "About Crosswalk");
  const about = window.getByTestId("about");
  await expect(about).toContainText(/Version\s*\d+\.\d+\.\d+/);
  await window.getByTestId("about-filter").fill("sqlite");
  await expect(window.getByTestId("about-grid")).toContainText("blessing");
  await window.getByTestId("about-filter").fill("MPL-2.0");
  await expect(window.getByTestId("about-grid")).not.toContainText("blessing");
  await window.getByTestId("about-filter").fill("nobody's licence");
  await expect(about).toContainText("Nothing has this");
  await window.keyboard.press("Escape");
  await expect(about).toBeHidden();
});

test("letters that are typed into a field decide nothing", async ({ window }) => {
  await goTo(window, "tables");
  await filterTables(window, "audit_log");
  const row = window.getByTestId("tables-grid").locator("[data-table]").first();
  await row.click();
  const disposition = row.locator("[role=gridcell]").nth(1);
  const before = await disposition.textContent();
  expect(before).toContain("Not migrated");
  await window.getByTestId("reason").fill("");
  await window.getByTestId("reason").pressSequentially("dsbfcan");
  await window.keyboard.press("Escape");
  await expect(row, "the text is kept").toContainText("dsbfcan");
  await expect(disposition).toHaveText(before ?? "");
});
