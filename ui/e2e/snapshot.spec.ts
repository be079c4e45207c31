import { cpSync, existsSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
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
  const told = page.getByTestId("told");
  await expect(told).toContainText("loaded, 1 rejected");
  await told.getByRole("button", { name: "Show rejects" }).click();
  await expect(told).toHaveCount(0);
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
  await expect(row).toContainText("delimiter semicolon");
  await expect(row).toContainText("no header row");
  const preview = page.getByTestId("settings-preview");
  await expect(preview).toContainText("2 columns, without names in the file");
  const shown = await preview.locator(".value").allInnerTexts();
  expect(shown.join(""), "somebody's data").not.toMatch(/[\p{L}\p{N}]/u);
  await page.getByTestId("conformance").click();
  await expect(page.getByText("The report is written")).toBeVisible();
  expect(existsSync(report)).toBe(true);
  await page.getByTestId("load-these").click();
  await expect(page.getByTestId("ledger-sum")).toContainText("3 rows read = 3 loaded");
});

test("a file that two readings fit is shown both ways, and read the way a person chose", async ({ engine, page }) => {
  const [asks, plain] = [join(engine.folder, "codes.txt"), join(engine.folder, "areas.csv")];
  writeFileSync(asks, "A|1;x\nB|2;y\nC|3;z\n");
  writeFileSync(plain, "id,area\n1,North\n2,South\n3,East\n4,West\n");
  await newEngagement(engine, page, plain, asks);
  await page.getByTestId("load-files").click();
  const row = page.getByTestId("hand-over-file").filter({ hasText: "codes.txt" });
  const load = page.getByTestId("load-these");
  await expect(load).toHaveText("Load 2 files, 1 unchecked");
  await expect(page.getByTestId("hand-over-file").first(), "what asks comes first").toContainText("codes.txt");
  await expect(page.getByTestId("questions")).toContainText("it fits nearly as well");
  const [taken, other] = [page.getByTestId("reading").nth(0), page.getByTestId("reading").nth(1)];
  await expect(taken).toContainText("delimiter semicolon");
  await expect(taken).toContainText("This is how it will be read");
  await expect(other).toContainText("delimiter pipe");
  await expect(other.getByRole("table")).toBeVisible();
  const shown = await page.getByTestId("questions").locator(".value").allInnerTexts();
  expect(shown.join(""), "somebody's data").not.toMatch(/[\p{L}\p{N}]/u);

  await other.getByRole("button", { name: "Read it this way" }).focus();
  await page.keyboard.press("Enter");
  await expect(other).toContainText("This is how it will be read");
  await expect(other.getByRole("button", { name: "You chose this" }), "a key stays where it was").toBeFocused();
  await expect(row).toContainText("delimiter pipe");
  await expect(row).toContainText("Checked");
  await expect(load).toHaveText("Load 2 files");
  await load.click();

  await expect(page.getByTestId("ledger-sum")).toContainText("7 rows read = 7 loaded");
  await page.getByTestId("ledger-files").getByText("codes.txt").click();
  const details = page.getByRole("complementary", { name: "Details" });
  await expect(details).toContainText("delimiter pipe");
  await expect(details).not.toContainText("Warnings");
});

test("a file that is kept as it is asks no more; one that was not checked says so after the load", async ({
  engine,
  page,
}) => {
  const names = ["codes.txt", "sites.txt"];
  const files = names.map((name) => join(engine.folder, name));
  for (const file of files) writeFileSync(file, "A|1;x\nB|2;y\nC|3;z\n");
  await newEngagement(engine, page, ...files);
  await page.getByTestId("load-files").click();
  await expect(page.getByTestId("load-these")).toHaveText("Load 2 files, 2 unchecked");
  await page.getByRole("button", { name: "Keep it as it is" }).click();
  await expect(page.getByTestId("load-these")).toHaveText("Load 2 files, 1 unchecked");
  await expect(page.getByTestId("hand-over-asks")).toContainText("1 file can be read in more than one way");
  await page.getByTestId("load-these").click();
  const details = page.getByRole("complementary", { name: "Details" });
  const ledger = page.getByTestId("ledger-files");
  await ledger.getByText("codes.txt").click();
  await expect(details).toContainText("delimiter semicolon");
  await expect(details).not.toContainText("Warnings");
  await ledger.getByText("sites.txt").click();
  await expect(details).toContainText("Warnings");
  await expect(details).toContainText("it fits nearly as well");
});

test("marks that are rare are said in the fold, and a delimiter may be several characters", async ({
  engine,
  page,
}) => {
  const file = join(engine.folder, "scores.txt");
  writeFileSync(file, "id - score\n1 - NA\n2 - 5\n3 - 6\n");
  await newEngagement(engine, page, file);
  await page.getByTestId("load-files").click();
  const row = page.getByTestId("hand-over-file");
  await row.getByTestId("otherwise").click();
  await page.getByTestId("own-delimiter").fill(" - ");
  await page.getByTestId("unusual").click();
  await page.getByRole("combobox", { name: "NULL is written as" }).fill("NA");
  await expect(row).toContainText("delimiter ' - '");
  await expect(row).toContainText("NA is NULL");
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

test("a project in a folder that a cloud copies says so, until it has been read", async ({ engine, page, project }) => {
  const copied = join(engine.folder, "Dropbox", basename(project));
  cpSync(project, copied, { recursive: true });
  await engine.start(copied);
  await page.goto(engine.url);
  const strip = page.getByTestId("place-strip");
  await expect(strip).toContainText("Dropbox copies to a cloud");
  await strip.getByRole("button", { name: "Close" }).click();
  await expect(strip).toBeHidden();
});
