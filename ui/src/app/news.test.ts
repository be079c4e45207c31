import { expect, test } from "vitest";
import type { JobFacts } from "../ipc/bindings";
import { job } from "../ipc/job.fixture";
import { titleOf } from "./news";

const done = (part: Partial<JobFacts>) => job({ state: "done", phase: "", unit: "", ...part });

test("a load says how many rows it rejected, or that something was said of its files", () => {
  expect(titleOf(done({}), 0)).toBe("Load dump.sql: loaded");
  expect(titleOf(done({ state: "warned" }), 1202)).toBe("Load dump.sql: loaded, 1,202 rejected");
  expect(titleOf(done({ state: "warned" }), 0)).toBe("Load dump.sql: loaded, with warnings");
  expect(titleOf(done({ state: "failed" }), 7)).toBe("Load dump.sql: failed");
});

test("no other job speaks of rejects", () => {
  expect(titleOf(done({ kind: "export", label: "Export the map", state: "warned" }), 7)).toBe(
    "Export the map: done, with warnings",
  );
});
