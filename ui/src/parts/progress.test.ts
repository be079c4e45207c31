import { expect, test } from "vitest";
import { job } from "../ipc/job.fixture";
import { figuresOf, lineOf } from "./progress";

test("a load that knows its end tells part, amount, rate and time left", () => {
  const known = job({ done: 5e6, total: 2e7, rows: 1200, rows_per_second: 400.4, seconds_left: 9 });
  expect(figuresOf(known)).toEqual(["Reading", "25 %", "5.0 MB of 20.0 MB", "1,200 rows", "400 rows/s", "9 s left"]);
  expect(lineOf(known)).toBe("Load dump.sql: 25 %, 400 rows/s, 9 s left");
});

test("without a known end it tells how far it is, and claims no part", () => {
  const unknown = job({ done: 5e6 });
  expect(figuresOf(unknown)).toEqual(["Reading", "5.0 MB", "3 s so far"]);
  expect(lineOf(unknown)).toBe("Load dump.sql: Reading");
});

test("a job that counts rows does not tell them twice, and names other units", () => {
  expect(figuresOf(job({ unit: "rows", done: 10, total: 40, rows: 10 }))).toContain("10 of 40 rows");
  expect(figuresOf(job({ unit: "rows", done: 10, total: 40, rows: 10 }))).not.toContain("10 rows");
  expect(figuresOf(job({ unit: "tables", done: 3, total: 63 }))).toContain("3 of 63 tables");
});

test("before its first word it runs", () => {
  expect(lineOf(job({ phase: "" }))).toBe("Load dump.sql: running");
});
