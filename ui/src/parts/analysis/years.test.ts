import { expect, test } from "vitest";
import { before, yearBars } from "./years";

const of = (...years: [number, number][]) => years.map(([year, count]) => ({ year, count }));

test("years without rows have a bar too", () => {
  expect(yearBars(of([2009, 4], [2011, 1]))).toEqual([
    { name: "2009", count: 4 },
    { name: "2010", count: 0 },
    { name: "2011", count: 1 },
  ]);
});

test("a dead table's bars go on to the newest year of all", () => {
  expect(yearBars(of([2009, 4]), 2012).map(({ count }) => count)).toEqual([4, 0, 0, 0]);
});

test("a slip of the pen squeezes no other year", () => {
  const years = of([1019, 1], [2018, 4], [2019, 5]);
  const bars = yearBars(years);
  expect(bars).toHaveLength(40);
  expect(bars.at(-1)).toEqual({ name: "2019", count: 5 });
  expect(before(years, bars)).toBe(1);
  expect(yearBars([])).toEqual([]);
});
