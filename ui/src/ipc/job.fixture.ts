import type { JobFacts } from "./bindings";

/** A load that runs, but for what a test says. */
export const job = (part: Partial<JobFacts>): JobFacts => ({
  id: 1,
  kind: "load",
  label: "Load dump.sql",
  state: "running",
  phase: "Reading",
  done: 0,
  total: 0,
  unit: "bytes",
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
