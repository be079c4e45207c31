import { expect, test } from "vitest";
import { ALL, filterOf, isSame, READY_MADE, read, removed, renamed, saved } from "./savedFilters";

const alive = { ...ALL, filled: true, personData: true };

test("a filter is kept under its name, and another of the name takes its place", () => {
  const one = saved([], " alive ", alive);
  expect(one.map(({ name }) => name)).toEqual(["alive"]);
  const two = saved(one, "a first", ALL);
  expect(two.map(({ name }) => name)).toEqual(["a first", "alive"]);
  const again = saved(two, "alive", { ...alive, text: "aud" });
  expect(again).toHaveLength(2);
  expect(removed(again, "alive").map(({ name }) => name)).toEqual(["a first"]);
});

test("no filter is renamed to nothing, or to another's name", () => {
  const two = saved(saved([], "a", ALL), "b", alive);
  expect(renamed(two, "a", " ")).toBeUndefined();
  expect(renamed(two, "a", "b")).toBeUndefined();
  expect(renamed(two, "a", "a")).toEqual(two);
  expect(renamed(two, "a", "z")?.map(({ name }) => name)).toEqual(["b", "z"]);
});

test("what was kept comes back as it was, and what nobody understands as in a fresh list", () => {
  const [kept] = saved([], "x", { ...alive, dispositions: ["undecided", "discrete"], group: "family", sort: "used" });
  const back = kept && read(JSON.parse(JSON.stringify(kept)));
  expect(
    back && isSame(back, { ...alive, dispositions: ["discrete", "undecided"], group: "family", sort: "used" }),
  ).toBe(true);
  const of = { text: 3, dispositions: ["gone", "archive"], sort: "weight", group: "colour", filled: "yes" };
  expect(read({ name: "older", of })).toEqual({ ...ALL, dispositions: ["archive"] });
});

test("the ready-made ones differ, and a space makes no other filter", () => {
  for (const { name, of } of READY_MADE) {
    expect(READY_MADE.filter((other) => isSame(other.of, of)).map((other) => other.name)).toEqual([name]);
  }
  expect(isSame(filterOf({ ...ALL, text: " a" }), { ...ALL, text: "a " })).toBe(true);
});
