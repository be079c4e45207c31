import { expect, test } from "vitest";
import { coverageOf, endName, keysOf } from "./relations";

const end = { key: "clinic/visit", database: null, table: "visit", columns: ["a/b", "50%"] };

test("an end is called as people write it, and its columns as decisions do", () => {
  expect(endName(end)).toBe("visit.a/b, 50%");
  expect(keysOf(end)).toEqual(["clinic/visit/a%2Fb", "clinic/visit/50%25"]);
});

test("nearly all is not all", () => {
  expect(coverageOf({ coverage: 1 })).toBe(" · 100 % found");
  expect(coverageOf({ coverage: 0.9996 })).toBe(" · 99.9 % found");
  expect(coverageOf({ coverage: null })).toBe("");
});
