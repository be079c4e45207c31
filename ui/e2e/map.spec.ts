import type { Page } from "@playwright/test";
import { drag, expect, findTable, goTo, tableRow, test } from "./window";

// A pair that nobody would map, so that it is free in any demonstration.
const TABLE = "sys_config";
const TARGET = "pharmacy-filter";

async function openMap(window: Page) {
  await goTo(window, "map");
  const all = window.getByTestId("map-all-tables");
  if (await all.isEnabled()) await all.check();
  await window.getByTestId("map-filter-tables").fill(TABLE);
  await window.getByTestId("map-filter-interfaces").fill("pharmacy");
  await expect(window.getByTestId(`map-table-${TABLE}`)).toBeVisible();
}

const links = (window: Page) => window.locator(".react-flow__edge");

async function connect(window: Page) {
  await openMap(window);
  await window.getByTestId(`map-table-${TABLE}`).click();
  await window.getByTestId(`map-interface-${TARGET}`).click();
  await window.keyboard.press("c");
  await expect(links(window)).toHaveCount(1);
}

test("a table is drawn to an interface, undone, redone and still there after a restart", async ({
  window,
  engine,
  project,
}) => {
  await openMap(window);
  const handle = window.getByTestId(`map-table-${TABLE}`).getByTestId("connect-handle");
  await drag(window, handle, window.getByTestId(`map-interface-${TARGET}`));
  await expect(links(window)).toHaveCount(1);
  await window.keyboard.press("Control+z");
  await expect(links(window)).toHaveCount(0);
  await window.keyboard.press("Control+y");
  await expect(links(window)).toHaveCount(1);
  await engine.stop();
  await engine.start(project);
  await window.goto(engine.url);
  await openMap(window);
  await expect(links(window)).toHaveCount(1);
});

test("without a mouse: arrows pick both sides, Enter connects, Enter again opens the fields", async ({ window }) => {
  await openMap(window);
  await window.getByTestId("map-canvas").focus();
  await window.keyboard.press("ArrowDown");
  await window.keyboard.press("ArrowRight");
  await window.keyboard.press("Enter");
  await expect(links(window)).toHaveCount(1);
  await window.keyboard.press("Enter");
  await expect(window.locator("[data-testid^=map-column-]").first()).toBeVisible();
  await expect(window.locator("[data-testid^=map-field-]").first()).toBeVisible();
});

test("Delete removes a link, and a filter never keeps one from being drawn", async ({ window }) => {
  await connect(window);
  await window.keyboard.press("Delete");
  await expect(links(window)).toHaveCount(0);
});

test("an arrowhead is dragged to another interface", async ({ window }) => {
  await connect(window);
  await window.getByTestId("map-filter-interfaces").fill("fee");
  const other = window.getByTestId("map-interface-fee-schedule");
  await expect(other).toBeVisible();
  await window.getByTestId("map-filter-interfaces").fill("");
  await window.getByTestId("map-filter-interfaces").fill("f");
  await expect(other).toBeVisible();
  const head = window.locator(".react-flow__edgeupdater-target");
  await drag(window, head, other);
  await expect(window.getByRole("complementary", { name: "Details" })).toBeVisible();
  await window.getByTestId("map-filter-interfaces").fill("fee schedule import");
  await expect(links(window)).toHaveCount(1);
});

test("a column is drawn to a field; what the field needs stops being missing", async ({ window }) => {
  await connect(window);
  await window.getByTestId(`map-table-${TABLE}`).dblclick();
  const field = window.locator("[data-testid^=map-field-][data-tone=missing]").first();
  await expect(field).toContainText("required");
  const name = (await field.getAttribute("data-testid")) ?? "";
  const handle = window.locator("[data-testid^=map-column-]").first().getByTestId("connect-handle");
  await drag(window, handle, field);
  await expect(links(window)).toHaveCount(1);
  await expect(window.getByTestId(name)).not.toHaveAttribute("data-tone", "missing");
  await window.getByTestId("mapping-transform").fill("trim, then upper case");
  await window.getByTestId("mapping-transform").press("Enter");
  await expect(window.getByTestId("undo")).not.toHaveAttribute("aria-disabled", "true");
  await window.keyboard.press("Escape");
  await window.getByTestId("undo").click();
  await window.getByTestId("undo").click();
  await expect(links(window)).toHaveCount(0);
  await expect(window.getByTestId(name)).toHaveAttribute("data-tone", "missing");
});

test("fields without a mouse: pick a column, pick a field, Enter", async ({ window }) => {
  await connect(window);
  await window.keyboard.press("Enter");
  await window.getByTestId("map-canvas").focus();
  await expect(window.locator("[data-testid^=map-column-]").first()).toBeVisible();
  await window.keyboard.press("ArrowDown");
  await window.keyboard.press("ArrowRight");
  await window.keyboard.press("Enter");
  await expect(links(window)).toHaveCount(1);
  await expect(window.getByTestId("mapping-form")).toBeVisible();
  // On to the next that has no mapping, from the one that was mapped.
  const columns = window.locator("[data-testid^=map-column-]");
  await window.keyboard.press("ArrowDown");
  await expect(columns.nth(1)).toHaveAttribute("data-selected", "true");
  await window.getByTestId("map-filter-fields").focus();
  await window.keyboard.press("Enter");
  await window.keyboard.press("ArrowDown");
  await window.keyboard.press("c");
  await expect(links(window)).toHaveCount(2);
});

test("a table made discrete comes onto the map by itself", async ({ window }) => {
  await goTo(window, "tables");
  await (await findTable(window, TABLE)).click();
  await window.keyboard.press("d");
  await expect(tableRow(window, TABLE)).toContainText("Discrete");
  await goTo(window, "map");
  await window.getByTestId("map-filter-tables").fill(TABLE);
  await expect(window.getByTestId(`map-table-${TABLE}`)).toBeVisible();
});

test("a required field that no column fills is given a constant, or waived for a reason", async ({ window }) => {
  await connect(window);
  await window.getByTestId(`map-table-${TABLE}`).dblclick();
  const field = window.getByTestId("map-field-FILTER_NAME");
  await field.click();
  await window.getByTestId("field-constant").fill("ALL");
  await window.getByTestId("field-constant").press("Enter");
  await expect(field).toContainText("always ALL");
  await expect(field).toContainText("✓");
  await window.getByTestId("undo").click();
  await expect(field).toContainText("▲");
  await window.getByTestId("field-waived").fill("one kind of id only");
  await window.getByTestId("field-waived").press("Enter");
  await expect(field).toContainText("waived");
});
