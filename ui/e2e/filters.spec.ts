import AxeBuilder from "@axe-core/playwright";
import { expect, goTo, run, test } from "./window";

test("filters are saved under a name, chosen again, renamed and deleted", async ({ window }) => {
  await goTo(window, "tables");
  const listed = window.getByTestId("tables-listed");
  await window.getByTestId("only-person-data").click();
  await window.getByTestId("only-undecided").click();
  const before = "24 listed";
  await expect(listed).toHaveText(before);
  await window.getByTestId("saved-filters").click();
  await window.getByTestId("filter-name").fill("about people, open");
  await window.getByTestId("filter-save").click();
  await window.keyboard.press("Escape");
  await run(window, "Filters: Empty");
  await expect(window.getByTestId("tables-grid").locator("[data-table]").first()).toContainText("no rows");
  await window.reload();
  await goTo(window, "tables");
  await expect(listed).not.toHaveText(before);
  await window.getByTestId("saved-filters").click();
  await window.getByRole("button", { name: "Rename: about people, open" }).click();
  await window.getByTestId("filter-new-name").fill("to decide");
  await window.keyboard.press("Enter");
  await window.getByRole("button", { name: "to decide", exact: true }).click();
  await expect(listed).toHaveText(before);
  await window.getByTestId("saved-filters").click();
  await window.getByRole("button", { name: "Delete: to decide" }).click();
  await expect(window.getByRole("button", { name: "to decide", exact: true })).toHaveCount(0);
  await window.getByRole("button", { name: "Undo" }).last().click();
  await window.getByTestId("saved-filters").click();
  await expect(window.getByRole("button", { name: "to decide", exact: true })).toBeVisible();
});

test("saved filters pass the rules of access, also in the dark", async ({ window }) => {
  await goTo(window, "tables");
  await window.getByTestId("saved-filters").click();
  await window.getByTestId("filter-name").fill("one");
  await window.getByTestId("filter-save").click();
  await expect(window.getByRole("button", { name: "Rename: one" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page: window })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await window.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const dark = await new AxeBuilder({ page: window }).withRules(["color-contrast"]).analyze();
  expect(dark.violations.map(({ id }) => id)).toEqual([]);
});
