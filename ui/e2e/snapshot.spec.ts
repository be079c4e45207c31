import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, goTo, newEngagement, test } from "./window";

test("the ledger adds up, for the whole and for every table", async ({ window }) => {
  await goTo(window, "snapshot");
  await expect(window.getByTestId("ledger-sum")).toContainText("✓");
  const tables = window.getByTestId("ledger-tables");
  await expect(tables.locator("[role=row]").nth(1)).toContainText("✓");
  await expect(tables.getByText("unaccounted")).toHaveCount(0);
  await window.getByTestId("ledger-files").locator("[role=row]").nth(1).click();
  await expect(window.getByRole("complementary", { name: "Details" })).toContainText("Encoding");
});

test("a new engagement takes files in, tells how it went, and keeps the rest out of sight", async ({
  engine,
  page,
}) => {
  const file = join(engine.folder, "hygiene.csv");
  writeFileSync(file, "site,lead\nNorth,1.5\nSouth,2.5,too many\nEast,0.5\n");
  await newEngagement(engine, page, file);
  expect(existsSync(join(engine.folder, "Yard.crosswalk"))).toBe(true);
  await page.getByTestId("load-files").click();
  await page.getByTestId("load-these").click();
  await expect(page.getByTestId("ledger-sum")).toContainText("3 rows read = 2 loaded + 1 rejected");
  await page.getByTestId("show-rejects").click();
  const reject = page.getByTestId("rejects-grid").locator("[role=row]").nth(1);
  await expect(reject).toContainText("hygiene.csv");
  await expect(reject.locator(".value"), "somebody's data").not.toHaveText(/[\p{L}\p{N}]/u);
});

test("a file that is read otherwise than it looks is read as the person said", async ({ engine, page }) => {
  const file = join(engine.folder, "codes.txt");
  writeFileSync(file, "A|1;x\nB|2;y\nC|3;z\n");
  const report = join(engine.folder, "rules.xlsx");
  await newEngagement(engine, page, file);
  engine.willChoose("save_workbook", report);
  await page.getByTestId("load-files").click();
  const row = page.getByTestId("hand-over-file");
  await row.getByTestId("otherwise").click();
  await page.getByTestId("choose-delimiter").click();
  await page.getByRole("option", { name: "Semicolon" }).click();
  await page.getByTestId("choose-header").click();
  await page.getByRole("option", { name: "A record like the others" }).click();
  await page.getByTestId("look-again").click();
  await expect(row).toContainText("delimiter semicolon");
  await expect(row).toContainText("no header row");
  await page.getByTestId("conformance").click();
  await expect(page.getByText("The report is written")).toBeVisible();
  expect(existsSync(report)).toBe(true);
  await page.getByTestId("load-these").click();
  await expect(page.getByTestId("ledger-sum")).toContainText("3 rows read = 3 loaded");
});

test("a client that is opened again is in the list of recent ones, until it is removed", async ({ window }) => {
  await window.getByTestId("engagement").click();
  await window.getByTestId("close-project").click();
  const recent = window.getByTestId("recent");
  await expect(recent).toHaveCount(1);
  await recent.getByRole("button").first().click();
  await expect(window.getByRole("navigation", { name: "Places" })).toBeVisible();
  await window.getByTestId("engagement").click();
  await window.getByTestId("close-project").click();
  await recent.getByRole("button", { name: /^Remove/ }).click();
  await expect(recent).toHaveCount(0);
});

test("what is refused says what, where and what to do", async ({ engine, page }) => {
  engine.willChoose("open_project", join(engine.folder, "nothing-here"));
  await engine.start();
  await page.goto(engine.url);
  await page.getByTestId("start-open").click();
  const notice = page.getByRole("alert");
  await expect(notice).toContainText("The engagement was not opened");
  await expect(notice.getByRole("button", { name: "Copy details" })).toBeVisible();
});
