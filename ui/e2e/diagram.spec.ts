import type { Locator, Page } from "@playwright/test";
import { expect, findTable, goTo, run, test } from "./window";

async function openDiagram(window: Page, table: string): Promise<Locator> {
  await goTo(window, "tables");
  await (await findTable(window, table)).click();
  await window.getByTestId("open-diagram").click();
  const diagram = window.getByTestId("diagram");
  await expect(diagram.getByTestId(`diagram-${table}`)).toBeVisible({ timeout: 30_000 });
  return diagram;
}

const middle = (window: Page) => window.locator(".diagram-node[data-middle]");

test("what stands around a table is drawn, and a double-click goes on from there", async ({ window }) => {
  const diagram = await openDiagram(window, "clinicvisit");
  await expect(diagram.getByTestId("diagram-audiometry")).toBeVisible();
  await expect(window.getByTestId("diagram-way")).toContainText("reaches employee by employee_id");
  await expect(window.getByTestId("diagram-list")).toContainText(
    "clinicvisit.employee_id points at employee.employee_id, found, n:1, 30 orphans",
  );
  await diagram.getByTestId("diagram-employee").dblclick();
  await expect(middle(window)).toContainText("employee");
  await expect(window.getByTestId("diagram-crumbs")).toContainText("clinicvisit");
  await window.keyboard.press("Escape");
  await expect(middle(window)).toContainText("clinicvisit");
});

test("the keyboard moves between neighbours, opens them and comes back", async ({ window }) => {
  const diagram = await openDiagram(window, "clinicvisit");
  await diagram.focus();
  await window.keyboard.press("ArrowRight");
  const details = window.getByRole("complementary", { name: "Details" });
  const at = window.locator(".diagram-node[data-selected]");
  await expect(at).not.toHaveAttribute("data-middle", "true");
  const name = (await details.getByRole("heading").first().textContent()) ?? "";
  expect(["employee", "casemaster", "users", "visit_type", "location"]).toContain(name);
  await window.keyboard.press("ArrowUp");
  await window.keyboard.press("ArrowUp");
  await expect(details.getByRole("heading").first()).toHaveText("employee");
  await window.keyboard.press("Enter");
  await expect(middle(window)).toContainText("employee");
  await expect(diagram).toBeFocused();
  await window.keyboard.press("Backspace");
  await expect(middle(window)).toContainText("clinicvisit");
});

test("a neighbour shows its own neighbours and hides them again, and stays where it is", async ({ window }) => {
  const diagram = await openDiagram(window, "clinicvisit");
  const users = diagram.getByTestId("diagram-users");
  await expect(diagram.getByTestId("diagram-login_history")).toHaveCount(0);
  const before = await users.boundingBox();
  await diagram.getByTestId("diagram-more-users").click();
  await expect(diagram.getByTestId("diagram-login_history")).toHaveCount(1);
  const after = await users.boundingBox();
  expect(after?.x).toBeCloseTo(before?.x ?? 0, 0);
  expect(after?.y).toBeCloseTo(before?.y ?? 0, 0);
  await diagram.getByTestId("diagram-more-users").click();
  await expect(diagram.getByTestId("diagram-login_history")).toHaveCount(0);
  await window.getByTestId("diagram-two-hops").click();
  await expect(diagram.getByTestId("diagram-login_history")).toHaveCount(1);
});

test("what is too much for one side is one node, whose list brings tables in", async ({ window }) => {
  const diagram = await openDiagram(window, "employee");
  await diagram.getByTestId("diagram-rest-into").dblclick();
  await expect(window.getByTestId("diagram-rest-filter")).toBeFocused();
  await window.keyboard.type("allergies");
  await expect(diagram.getByTestId("diagram-allergies")).toHaveCount(0);
  await window.keyboard.press("Enter");
  await expect(diagram.getByTestId("diagram-allergies")).toHaveCount(1);
});

test("a relationship is confirmed where it is drawn, and a rejected one is not drawn", async ({ window }) => {
  const diagram = await openDiagram(window, "clinicvisit");
  const label = diagram.getByTestId("diagram-label").filter({ hasText: "provider_id" });
  await label.click();
  const details = window.getByRole("complementary", { name: "Details" });
  await details.getByRole("button", { name: "Confirm" }).click();
  await expect(window.getByTestId("diagram-list")).toContainText("users.user_id, declared or confirmed");
  await window.keyboard.press("Control+z");
  await label.click();
  await details.getByRole("button", { name: "Reject" }).click();
  await expect(label).toHaveCount(0);
  await window.keyboard.press("Control+z");
  await expect(label).toHaveCount(1);
});

test("the selected table is decided by its key", async ({ window }) => {
  const diagram = await openDiagram(window, "clinicvisit");
  await diagram.getByTestId("diagram-users").click();
  await window.keyboard.press("n");
  await expect(diagram.getByTestId("diagram-users").locator(".letter")).toHaveAttribute("data-of", "not_migrated");
});

test("in the zoom of a meeting the middle is in sight", async ({ window }) => {
  await openDiagram(window, "employee");
  await run(window, "Meeting mode: 150 %");
  await expect(middle(window)).toBeInViewport({ ratio: 0.99 });
});
