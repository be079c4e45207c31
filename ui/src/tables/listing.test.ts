import { expect, test } from "vitest";
import { FRESH, heldBy, isFiltered, queryOf, sorted, withHeld } from "./listing";

test("names sort from the first, figures from the largest, and the other way round the second time", () => {
  expect(sorted(FRESH, "rows")).toEqual({ sort: "rows", descending: true });
  expect(sorted({ sort: "rows", descending: true }, "rows")).toEqual({ sort: "rows", descending: false });
  expect(sorted({ sort: "rows", descending: true }, "name")).toEqual({ sort: "name", descending: false });
});

test("spaces around the text are nobody's filter; tables with rows, without, or both", () => {
  expect(queryOf({ ...FRESH, text: "  emp " }, 0, 100).text).toBe("emp");
  expect(queryOf(FRESH, 0, 100).filled).toBeNull();
  expect(queryOf({ ...FRESH, filled: false }, 0, 100).filled).toBe(false);
});

test("what the engine does not sort by is asked for by name", () => {
  const sort = sorted(FRESH, "mapped");
  expect(sort).toEqual({ sort: "mapped", descending: true });
  expect(queryOf({ ...FRESH, ...sort }, 0, 100)).toMatchObject({ sort: "name", descending: false });
});

test("a filter of any kind is one", () => {
  expect(isFiltered({ ...FRESH, text: " " })).toBe(false);
  expect(isFiltered({ ...FRESH, dispositions: ["archive"] })).toBe(true);
  expect(isFiltered({ ...FRESH, module: "audiometry" })).toBe(true);
  expect(isFiltered({ ...FRESH, filled: false })).toBe(true);
});

test("a chosen row that no longer passes the filter stays where it was", () => {
  const before = ["a", "b", "c", "d"];
  const held = (now: string[], ...chosen: string[]) => withHeld(now, heldBy(before, now, new Set(chosen)));
  expect(held(["a", "d"], "b", "c")).toEqual(before);
  expect(held(["a", "b"], "c", "d")).toEqual(before);
  expect(held([], "b")).toEqual(["b"]);
  expect(held(["a", "c", "d"], "b"), "and nothing else does").toEqual(before);
  expect(held(["a", "d"], "b"), "what was not chosen goes").toEqual(["a", "b", "d"]);
  expect(held(before, "b")).toEqual(before);
});
