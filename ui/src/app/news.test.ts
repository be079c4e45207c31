import { expect, test } from "vitest";
import type { JobFacts } from "../ipc/bindings";
import { titleOf } from "./news";

const job = (part: Partial<JobFacts>): JobFacts => ({
  id: 1,
  kind: "load",
  label: "Load dump.sql",
  state: "done",
  phase: "",
  done: 0,
  total: 0,
  unit: "",
  rows: 0,
  seconds: 3,
  rows_per_second: 0,
  seconds_left: null,
  message: "",
  path: null,
  code: null,
  warnings: [],
  ...part,
});

test("a load says how many rows it rejected, or that something was said of its files", () => {
  expect(titleOf(job({}), 0)).toBe("Load dump.sql: loaded");
  expect(titleOf(job({ state: "warned" }), 1202)).toBe("Load dump.sql: loaded, 1,202 rejected");
  expect(titleOf(job({ state: "warned" }), 0)).toBe("Load dump.sql: loaded, with warnings");
  expect(titleOf(job({ state: "failed" }), 7)).toBe("Load dump.sql: failed");
});

test("no other job speaks of rejects", () => {
  expect(titleOf(job({ kind: "export", label: "Export the map", state: "warned" }), 7)).toBe(
    "Export the map: done, with warnings",
  );
});
