import { expect, goTo, test } from "./window";

test("one box finds names while one types, and values at Enter", async ({ window }) => {
  await goTo(window, "find");
  const rows = window.getByTestId("find-grid").locator("[role=row]");
  await window.getByTestId("find-text").fill("allergies");
  await expect(rows.nth(1)).toContainText("its name");
  await window.getByTestId("find-text").fill("hepatitis");
  await window.keyboard.press("Enter");
  await expect(window.getByTestId("find-told")).toContainText("values of 1 column");
  await expect(rows.nth(1)).toContainText("Values");
  await rows.nth(1).dblclick();
  const found = window.getByTestId("found-rows-grid");
  await expect(found.locator(".value").first()).toBeVisible();
  const cells = await found.locator(".value").allTextContents();
  expect(cells.join(""), "a letter or digit of a value").not.toMatch(/[\p{L}\p{N}]/u);
  await window.keyboard.press("Escape");
  await expect(found).toHaveCount(0);
});

test("the index is made behind the window, and answers the next search", async ({ window }) => {
  await goTo(window, "find");
  await window.getByTestId("find-text").fill("audiogram");
  await window.getByTestId("find-values").click();
  await expect(window.getByTestId("find-told")).toContainText("214,968 rows read");
  await window.getByTestId("make-index").click();
  await expect(window.getByTestId("make-index")).toHaveCount(0);
  await expect(window.getByText("searches need not read every row").first()).toBeVisible({ timeout: 30_000 });
  await window.getByTestId("find-text").fill("tinnitus");
  await window.keyboard.press("Enter");
  await expect(window.getByTestId("find-told")).toContainText("values of");
  await expect(window.getByTestId("find-told")).not.toContainText("214,968 rows read");
});

test("the search box leads to what no name holds", async ({ window }) => {
  await window.keyboard.press("Control+k");
  await window.keyboard.type("zoster");
  await window.getByText("in names and values").click();
  await expect(window.getByTestId("find-text")).toHaveValue("zoster");
  await expect(window.getByTestId("find-told")).toContainText("rows read");
});

test("one person is followed through all tables, masked", async ({ window }) => {
  await goTo(window, "find");
  await window.getByTestId("find-person").click();
  const people = window.getByTestId("people-grid").locator("[role=row]");
  await expect(people.nth(7)).toBeVisible({ timeout: 20_000 });
  await people.nth(7).dblclick();
  await expect(window.getByTestId("person-told")).toContainText("Row 7 of");
  const tables = window.getByTestId("person-grid").locator("[role=row]");
  await expect(tables.filter({ hasText: "perno → employee.perno" }).first()).toBeVisible();
  await tables.filter({ hasText: "clinicvisit" }).first().dblclick();
  const cells = window.getByTestId("found-rows-grid").locator(".value");
  await expect(cells.first()).toBeVisible();
  expect((await cells.allTextContents()).join("")).not.toMatch(/[\p{L}\p{N}]/u);
  await window.keyboard.press("Escape");
  await window.getByTestId("all-people").click();
  await expect(people.nth(7)).toBeVisible();
});
