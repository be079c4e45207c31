// A page with an engine of its own behind it, on a copy of the demonstration.

import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { test as base, expect, type Locator, type Page } from "@playwright/test";

type PathKind =
  | "new_project"
  | "open_project"
  | "snapshot_files"
  | "snapshot_folder"
  | "save_workbook"
  | "save_rejects"
  | "open_rejects"
  | "open_answer";

export class Engine {
  private bridge: ChildProcess | undefined;
  readonly answers: string;
  url = "";

  constructor(readonly folder: string) {
    this.answers = join(folder, "answers");
    writeFileSync(this.answers, "");
  }

  /** What the person will choose when next asked for a path of this kind. */
  willChoose(what: PathKind, ...paths: string[]) {
    appendFileSync(this.answers, `${what}\t${paths.join(";")}\n`);
  }

  async start(project?: string) {
    const home = join(this.folder, "home");
    mkdirSync(home, { recursive: true });
    const program = process.env.CROSSWALK_BRIDGE_BIN as string;
    const bridge = spawn(program, ["--ui", join(import.meta.dirname, "../dist"), ...(project ? [project] : [])], {
      stdio: ["pipe", "pipe", "inherit"],
      env: {
        ...process.env,
        HOME: home,
        XDG_CONFIG_HOME: join(home, ".config"),
        XDG_DATA_HOME: join(home, ".local/share"),
        XDG_CACHE_HOME: join(home, ".cache"),
        CROSSWALK_E2E_PATHS: this.answers,
      },
    });
    this.bridge = bridge;
    this.url = await firstLine(bridge);
  }

  async stop() {
    const { bridge } = this;
    this.bridge = undefined;
    if (!bridge || bridge.exitCode !== null) return;
    const ended = new Promise((resolve) => bridge.once("exit", resolve));
    // It ends when its standard input does.
    bridge.stdin?.end();
    const late = setTimeout(() => bridge.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(late);
  }
}

function firstLine(bridge: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    bridge.once("error", reject);
    bridge.once("exit", (code) => reject(new Error(`the bridge ended with ${code}`)));
    if (bridge.stdout) createInterface(bridge.stdout).once("line", resolve);
  });
}

type Fixtures = {
  engine: Engine;
  /** Path of this test's copy of the demonstration. */
  project: string;
  /** The window, open on it. */
  window: Page;
};

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner wants the pattern.
  engine: async ({}, use) => {
    const engine = new Engine(mkdtempSync(join(tmpdir(), "crosswalk-e2e-")));
    await use(engine);
    await engine.stop();
    rmSync(engine.folder, { recursive: true, force: true });
  },
  project: async ({ engine }, use) => {
    const demo = process.env.CROSSWALK_E2E_DEMO as string;
    const copy = join(engine.folder, basename(demo));
    cpSync(demo, copy, { recursive: true });
    await use(copy);
  },
  window: async ({ engine, project, page }, use) => {
    await engine.start(project);
    await page.goto(engine.url);
    await expect(page.getByRole("navigation", { name: "Places" })).toBeVisible();
    await use(page);
    expect(await page.evaluate(() => window.__cspViolations), "kept out by the content policy").toEqual([]);
  },
});

export { expect };

export async function goTo(
  window: Page,
  place: "snapshot" | "tables" | "quality" | "find" | "map" | "samples" | "export",
) {
  await window.getByTestId(`place-${place}`).click();
}

/** Filters the tables, and waits until the list shows what that leaves. */
export async function filterTables(window: Page, text: string) {
  await window.getByTestId("tables-filter").fill(text);
  await expect(window.getByTestId("tables-grid")).not.toHaveAttribute("aria-busy", "true");
}

/** Begins an engagement with no snapshot, whose next files to load are these. */
export async function newEngagement(engine: Engine, page: Page, ...files: string[]) {
  engine.willChoose("new_project", join(engine.folder, "Yard.crosswalk"));
  engine.willChoose("snapshot_files", ...files);
  await engine.start();
  await page.goto(engine.url);
  await page.getByTestId("start-new").click();
  await page.getByTestId("new-client").fill("Yard");
  await page.getByTestId("new-create").click();
  await expect(page.getByText("What did the client hand over?")).toBeVisible();
}

/** The row of a table in the list of tables, whatever its database. */
export function tableRow(window: Page, name: string): Locator {
  return window.getByTestId("tables-grid").locator(`[data-table$="/${name}"]`);
}

/** Lists one table only, and returns its row. */
export async function findTable(window: Page, name: string): Promise<Locator> {
  await filterTables(window, name);
  const row = tableRow(window, name);
  await expect(row).toBeVisible();
  return row;
}

/** Runs an action by its name. */
export async function run(window: Page, action: string) {
  await window.keyboard.press("Control+k");
  await window.getByPlaceholder("Search actions, tables and columns").fill(action);
  await window.getByRole("button", { name: action }).first().click();
  await expect(window.getByPlaceholder("Search actions, tables and columns")).toBeHidden();
}

/** Draws a line by hand: short first, for a drag to be one, then to the target and a bit on. */
export async function drag(window: Page, from: Locator, to: Locator) {
  const start = await middle(from);
  const end = await middle(to);
  await window.mouse.move(start.x, start.y);
  await window.mouse.down();
  await window.mouse.move(start.x + 8, start.y + 2);
  await window.mouse.move(end.x, end.y, { steps: 6 });
  await window.mouse.move(end.x + 1, end.y);
  await window.mouse.up();
}

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  await expect(of).toBeVisible();
  const box = await of.boundingBox();
  if (!box) throw new Error("nothing to drag from or to");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Where the demonstration's own snapshot files lie. */
export function demoFiles(): string {
  return join(dirname(process.env.CROSSWALK_E2E_DEMO as string), "snapshot");
}
