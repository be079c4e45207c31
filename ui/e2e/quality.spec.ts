import { expect, findTable, goTo, test } from "./window";

test("the analysis finds what is wrong, and each issue opens its column", async ({ window }) => {
  await goTo(window, "quality");
  await window.getByTestId("analyze-all").click();
  const rows = window.getByTestId("quality-grid").locator("[role=row]");
  await expect(rows.nth(1)).toBeVisible({ timeout: 30_000 });
  await expect(window.getByText("63 of 63 tables analyzed")).toBeVisible({ timeout: 30_000 });
  await window.getByTestId("quality-filter").fill("term_date");
  await expect(rows).toHaveCount(2);
  await rows.nth(1).dblclick();
  await expect(window.getByTestId("table-screen")).toBeVisible();
  const details = window.locator(".details-content");
  await expect(details).toContainText("term_date");
  await expect(details).toContainText("may stand for no value");
});

test("a table is analyzed by itself, and says when it was used", async ({ window }) => {
  await goTo(window, "tables");
  await (await findTable(window, "cholesterol")).dblclick();
  const column = window.getByTestId("columns-grid").locator("[role=row]").nth(2);
  await column.click();
  await window.getByTestId("analyze-table").click();
  await expect(window.locator(".details-content")).toContainText("Say something", { timeout: 20_000 });
  await window.getByRole("button", { name: "Tables", exact: true }).first().click();
  const row = await findTable(window, "cholesterol");
  await expect(row).toContainText("2016");
  await expect(row).toContainText("event");
});

test("all values of a column lead to their rows, and both stay masked", async ({ window }) => {
  await goTo(window, "tables");
  await (await findTable(window, "employee")).dblclick();
  await window.getByTestId("columns-grid").getByText("last_name", { exact: true }).click();
  await window.getByTestId("all-values").click();
  const values = window.getByTestId("values-grid").locator("[role=row]");
  await expect(values.nth(1)).toBeVisible();
  const shown = await window.getByTestId("values-grid").locator(".value").allTextContents();
  expect(shown.join(""), "a letter of somebody's name").not.toMatch(/\p{L}/u);
  await values.nth(1).dblclick();
  const rows = window.getByTestId("value-rows-grid");
  await expect(rows.locator(".value").first()).toBeVisible();
  const cells = await rows.locator(".value").allTextContents();
  expect(cells.join(""), "a letter or digit of somebody's").not.toMatch(/[\p{L}\p{N}]/u);
});

test("tables are narrowed to those that are about people", async ({ window }) => {
  await goTo(window, "tables");
  const rows = window.getByTestId("tables-grid").locator("[data-table]");
  await expect(rows.nth(3)).toBeVisible();
  await window.getByTestId("only-person-data").click();
  await expect(window.getByText("41 listed")).toBeVisible();
  await expect(rows.filter({ hasText: "body_part" })).toHaveCount(0);
  await window.getByTestId("only-person-data").click();
  await expect(window.getByText("63 listed")).toBeVisible();
});

test("what a table points at is found, and a person confirms it", async ({ window }) => {
  await goTo(window, "tables");
  await (await findTable(window, "clinicvisit")).click();
  await window.getByTestId("find-relationships").click();
  const first = window.getByTestId("relations").locator("li").first();
  await expect(first).toContainText("employee_id → employee.employee_id", { timeout: 30_000 });
  await expect(first).toContainText("% sure");
  await first.getByRole("button", { name: "Confirm" }).click();
  await expect(first).toContainText("confirmed");
  await window.keyboard.press("Control+z");
  await expect(first).not.toContainText("confirmed");
});
