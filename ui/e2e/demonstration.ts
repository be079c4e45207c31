// Makes the demonstration once; every test works on a copy of it.

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default async function makeDemonstration() {
  const cli = process.env.CROSSWALK_CLI;
  if (!cli || !process.env.CROSSWALK_BRIDGE_BIN) {
    throw new Error(
      "CROSSWALK_CLI and CROSSWALK_BRIDGE_BIN must name the built programs; `cargo xtask test` sets them.",
    );
  }
  const folder = mkdtempSync(join(tmpdir(), "crosswalk-e2e-"));
  process.env.CROSSWALK_E2E_DEMO = await made(cli, folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** The project's path, as the program says it. */
function made(cli: string, folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(cli, ["demo", folder, "--json"], { maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      // 3: done, with something to look at.
      if (error && error.code !== 3) reject(new Error(`crosswalk demo failed: ${stderr}`));
      else resolve((JSON.parse(stdout) as { project: string }).project);
    });
  });
}
