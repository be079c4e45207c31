import AxeBuilder from "@axe-core/playwright";
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

test("numbers, years and lengths are charts: drawn, told bar by bar, and as a table", async ({ window }) => {
  await goTo(window, "tables");
  await (await findTable(window, "vitals")).dblclick();
  await window.getByTestId("columns-grid").getByText("weight_lb", { exact: true }).click();
  await window.getByTestId("analyze-table").click();
  const chart = window.getByTestId("histogram").first();
  await expect(chart.locator(".recharts-bar-rectangle").first()).toBeVisible({ timeout: 20_000 });
  await expect(chart.getByRole("table")).toContainText("Rows");
  await expect(chart.getByRole("row")).toHaveCount(21);
  await window.mouse.move(0, 0);
  await chart.getByRole("application").focus();
  await window.keyboard.press("ArrowRight");
  const [from = "", rows = ""] = await chart.getByRole("row").nth(2).locator("th, td").allTextContents();
  await expect(chart.getByTestId("histogram-told")).toHaveText(`${from}: ${rows} rows`);
  for (const colorScheme of ["light", "dark"] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page: window })
      .include(".details-content")
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" "))}`)).toEqual([]);
  }
  expect(
    await window.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight),
  ).toBe(0);
});

test("no chart is loaded before there is one", async ({ window }) => {
  await goTo(window, "tables");
  await findTable(window, "vitals");
  const loaded = await window.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  expect(loaded.filter((name) => name.includes("HistogramDrawn"))).toEqual([]);
});
