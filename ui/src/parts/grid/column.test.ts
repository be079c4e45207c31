import { expect, test } from "vitest";
import { drawn, isWide, leastWidth, templateOf } from "./column";

test("columns take their width, and share out what is left", () => {
  const columns = [{ width: 160, grow: 2 }, { width: 80 }];
  expect(templateOf(columns)).toBe("minmax(10rem, 2fr) 5rem");
  expect(leastWidth(columns)).toBe(240);
});

test("only many columns of fixed width are drawn in part", () => {
  const fixed = Array.from({ length: 300 }, () => ({ width: 80 }));
  expect(isWide(fixed)).toBe(true);
  expect(isWide(fixed.slice(0, 10))).toBe(false);
  expect(isWide([...fixed, { width: 80, grow: 1 }])).toBe(false);
});

test("a pinned column is drawn wherever one has scrolled to, and once", () => {
  expect(drawn([0], [12, 13])).toEqual([0, 12, 13]);
  expect(drawn([0], [0, 1])).toEqual([0, 1]);
});
