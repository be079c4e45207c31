import { expect, filterTables, findTable, goTo, run, tableRow, test } from "./window";

test.beforeEach(async ({ window }) => {
  await goTo(window, "tables");
});

test("one key decides, undo takes it back, redo brings it again", async ({ window }) => {
  const row = await findTable(window, "audit_log");
  await row.click();
  const before = await row.textContent();
  await window.keyboard.press("f");
  await expect(row).toContainText("File/document");
  await window.getByTestId("undo").click();
  await expect(row).toHaveText(before ?? "");
  await window.keyboard.press("Control+Shift+z");
  await expect(row).toContainText("File/document");
});

test("decisions outlive the program", async ({ window, engine, project }) => {
  await (await findTable(window, "audit_log")).click();
  await window.keyboard.press("c");
  await expect(tableRow(window, "audit_log")).toContainText("Custom table only");
  await window.getByTestId("reason").fill("kept for the auditors");
  await window.getByTestId("reason").press("Enter");
  // The program ends at once: only what it said it kept must be there again.
  await run(window, "History of edits");
  await expect(window.getByTestId("history-grid")).toContainText("note on audit_log");
  await engine.stop();
  await engine.start(project);
  await window.goto(engine.url);
  await goTo(window, "tables");
  await (await findTable(window, "audit_log")).click();
  await expect(tableRow(window, "audit_log")).toContainText("Custom table only");
  await expect(window.getByTestId("reason")).toHaveValue("kept for the auditors");
});

test("a range of tables is decided at once and undone at once", async ({ window }) => {
  await filterTables(window, "employee");
  const rows = window.getByTestId("tables-grid").locator("[data-table]");
  await expect(rows.nth(2)).toBeVisible();
  const before = await rows.allTextContents();
  await rows.nth(0).click();
  await rows.nth(2).click({ modifiers: ["Shift"] });
  await expect(window.getByRole("status").filter({ hasText: "3 selected" })).toBeVisible();
  await window.keyboard.press("a");
  for (const at of [0, 1, 2]) await expect(rows.nth(at)).toContainText("Archive only");
  await window.keyboard.press("Control+z");
  await expect.poll(() => rows.allTextContents()).toEqual(before);
});

test("arrows, Ctrl+A and Enter do in the list what they do in a spreadsheet", async ({ window }) => {
  await filterTables(window, "employee");
  const grid = window.getByTestId("tables-grid");
  const rows = grid.locator("[data-table]");
  await rows.nth(0).click();
  await window.keyboard.press("ArrowDown");
  await expect(rows.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(rows.nth(0)).toHaveAttribute("aria-selected", "false");
  await window.keyboard.press("Control+a");
  await expect(rows.nth(0)).toHaveAttribute("aria-selected", "true");
  await window.keyboard.press("Enter");
  await expect(window.getByTestId("table-screen")).toBeVisible();
  await window.keyboard.press("Escape");
  await expect(grid).toBeVisible();
});

test("sorting by rows brings the largest first; the filter of empty tables leaves them out", async ({ window }) => {
  await window.getByTestId("sort-rows").click();
  const rows = window.getByTestId("tables-grid").locator("[data-table]");
  const figures = async () =>
    (await rows.locator("[role=gridcell]:nth-child(6)").allTextContents()).map((text) =>
      Number(text.replaceAll(",", "")),
    );
  await expect.poll(async () => isFalling(await figures())).toBe(true);
  await window.getByTestId("sort-rows").click();
  await expect(rows.first()).toContainText("no rows");
  await window.getByTestId("only-filled").click();
  await expect(rows.first()).not.toContainText("no rows");
  await window.getByTestId("only-empty").click();
  await expect(rows.first()).toContainText("no rows");
});

function isFalling(figures: number[]): boolean {
  return figures.length > 3 && figures.every((figure, at) => at === 0 || figure <= (figures[at - 1] ?? 0));
}

test("a column shows its profile and takes a decision of its own", async ({ window }) => {
  await (await findTable(window, "audiometry")).dblclick();
  const column = window.getByTestId("columns-grid").locator("[data-column]").nth(1);
  await column.click();
  const details = window.getByRole("complementary", { name: "Details" });
  await expect(details).toContainText("Distinct");
  await expect(details).toContainText("Top values");
  await expect(column).toContainText("as its table");
  await window.keyboard.press("n");
  await expect(column).toContainText("Not migrated");
  await window.keyboard.press("u");
  await expect(column).toContainText("as its table");
});

test("values are masked until somebody says otherwise, and then everybody sees it", async ({ window }) => {
  await (await findTable(window, "employee")).dblclick();
  await window.getByTestId("sample-rows").click();
  const values = window.getByTestId("rows-grid").locator(".value");
  await expect(values.first()).toBeVisible();
  const texts = (await values.allTextContents()).join("");
  expect(texts, "a letter or digit of somebody's").not.toMatch(/[\p{L}\p{N}]/u);
  await expect(window.getByTestId("raw-strip")).toBeHidden();
  await window.getByTestId("unmask").click();
  await expect(window.getByTestId("raw-strip")).toContainText("employee");
  await expect.poll(async () => (await values.allTextContents()).join("")).toMatch(/\p{L}/u);
  await window.getByTestId("mask-all").click();
  await expect(window.getByTestId("raw-strip")).toBeHidden();
  await expect.poll(async () => (await values.allTextContents()).join("")).not.toMatch(/[\p{L}\p{N}]/u);
});

test("columns are hidden and moved, and stay so; every one of them sorts", async ({ window }) => {
  const heads = window.getByTestId("tables-grid").getByRole("columnheader");
  await expect(heads.nth(1)).toHaveText("Disposition");
  await window.getByTestId("grid-columns").click();
  await window.getByRole("checkbox", { name: "Disposition" }).uncheck();
  await window.getByRole("button", { name: "Role: move left" }).click();
  await window.keyboard.press("Escape");
  await expect(heads.nth(1)).toHaveText("Role");
  await expect(heads.nth(2)).toHaveText("Module");
  await window.reload();
  await goTo(window, "tables");
  await expect(heads.nth(1)).toHaveText("Role");
  await expect(heads.filter({ hasText: "Disposition" })).toHaveCount(0);
  for (const column of ["empty", "mapped", "reason", "used"]) {
    await window.getByTestId(`sort-${column}`).click();
    await expect(heads.filter({ hasText: /[▲▼]/ })).toHaveCount(1);
    await expect(window.getByTestId("tables-grid").locator("[data-table]").nth(5)).toBeVisible();
  }
});

test("a decided table stays listed until the person moves on, and R writes why", async ({ window }) => {
  await window.getByTestId("only-undecided").click();
  const rows = window.getByTestId("tables-grid").locator("[data-table]");
  await rows.nth(1).click();
  const [key, next] = [await rows.nth(1).getAttribute("data-table"), await rows.nth(2).getAttribute("data-table")];
  await window.keyboard.press("n");
  await expect(rows.nth(1)).toContainText("Not migrated");
  await window.keyboard.press("r");
  await expect(window.getByTestId("reason")).toBeFocused();
  await window.keyboard.type("kept by the vendor");
  await window.keyboard.press("Enter");
  await expect(window.getByTestId("tables-grid")).toBeFocused();
  await expect(rows.nth(1)).toHaveAttribute("data-table", key ?? "");
  await expect(rows.nth(1)).toContainText("kept by the vendor");
  await window.keyboard.press("ArrowDown");
  await expect(rows.nth(1)).toHaveAttribute("data-table", next ?? "");
  await expect(rows.nth(1)).toHaveAttribute("aria-selected", "true");
});

test("several tables say what they have in common", async ({ window }) => {
  await window.getByTestId("tables-filter").fill("employee");
  const rows = window.getByTestId("tables-grid").locator("[data-table]");
  await window.keyboard.press("Enter");
  await expect(rows.first()).toHaveAttribute("aria-selected", "true");
  await rows.nth(2).click({ modifiers: ["Shift"] });
  await window.keyboard.press("a");
  const reason = window.getByTestId("reason");
  await reason.fill("ten years");
  await reason.press("Enter");
  await rows.nth(0).click();
  await expect(reason).toHaveValue("ten years");
  await reason.fill("ten years by law");
  await reason.press("Enter");
  await rows.nth(2).click({ modifiers: ["Shift"] });
  await expect(reason).toHaveAttribute("placeholder", "Mixed");
  await expect(window.getByTestId("set-archive")).toHaveAttribute("aria-pressed", "true");
});
