import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { type Engine, expect, goTo, newEngagement, test } from "./window";

const RAGGED = "id,name,site\n1,Ada,Yard\n2,Grace\n3,Edith,Dock, \n4,Mary,Office\n5,Liz,Pier,B\n";

/** A new engagement with three records of another width than their table's. */
async function loaded(engine: Engine, page: Page) {
  const file = join(engine.folder, "ragged.csv");
  writeFileSync(file, RAGGED);
  await newEngagement(engine, page, file);
  await page.getByTestId("load-files").click();
  await page.getByTestId("load-these").click();
  await expect(page.getByTestId("ledger-sum")).toContainText("5 rows read = 2 loaded + 3 rejected");
  await page.getByTestId("show-rejects").click();
}

test("short records are padded, one is corrected by hand, and the latest is taken back", async ({ engine, page }) => {
  await loaded(engine, page);
  const rows = page.getByTestId("rejects-grid").locator("[role=row]");
  await page.getByTestId("fit-rejects").click();
  await page.getByRole("menuitem", { name: "Both" }).click();
  await expect(rows.nth(1)).toContainText("corrected");
  await expect(rows.nth(3)).toContainText("tried again");
  // What stood there is shown when a person asks for it.
  await rows.nth(3).click();
  const details = page.getByRole("complementary", { name: "Details" });
  await expect(details).not.toContainText("Liz");
  await page.getByTestId("open-reject").click();
  const record = page.getByTestId("reject-record");
  await expect(record).toHaveValue("5,Liz,Pier,B");
  await record.fill("5,Liz,Pier B");
  await page.getByTestId("retry-reject").click();
  await expect(page.getByTestId("show-rejects")).toHaveText("0 rejects");
  await page.getByTestId("take-back").click();
  await expect(page.getByTestId("show-rejects")).toHaveText("1 reject");
});

test("a corrected export is read back", async ({ engine, page }) => {
  await loaded(engine, page);
  const out = join(engine.folder, "out.csv");
  engine.willChoose("save_rejects", out);
  await page.getByTestId("export-rejects").click();
  await page.getByRole("menuitem", { name: /to correct it/ }).click();
  await expect(page.getByText("The file holds people's data.")).toBeVisible();
  writeFileSync(out, readFileSync(out, "utf8").replace('"2,Grace"', '"2,Grace,Yard"'));
  engine.willChoose("open_rejects", out);
  await page.getByTestId("read-corrected").click();
  await expect(page.getByTestId("show-rejects")).toHaveText("2 rejects");
});

test("the server's answer is compared, and what differs comes first", async ({ engine, window }) => {
  await goTo(window, "snapshot");
  await window.getByTestId("show-digests").click();
  await window.getByTestId("make-digests").click();
  await expect(window.getByTestId("digests-grid").locator("[role=row]").nth(2)).toBeVisible();
  const answer = join(engine.folder, "results.tsv");
  writeFileSync(answer, "database\ttable\trows\tcolumns\tdigest\nclinic\tnobody_has_this\t3\t2\t44\n");
  engine.willChoose("open_answer", answer);
  await window.getByTestId("compare").click();
  await expect(window.getByTestId("verdicts")).toContainText("0 tables equal");
  await expect(window.getByTestId("compared-grid")).toContainText("not in the server's answer");
});
