import { expect, test } from "vitest";
import { agreed, tally } from "./agreed";

const reasons = (...texts: string[]) => texts.map((reason) => ({ reason }));

test("one value where all agree, none where they differ; nothing said is a value, too", () => {
  expect(agreed(reasons("old", "old"), (one) => one.reason)).toBe("old");
  expect(agreed(reasons("old", ""), (one) => one.reason)).toBeUndefined();
  expect(agreed(reasons("", ""), (one) => one.reason)).toBe("");
  expect(agreed([], () => 1)).toBeUndefined();
});

test("how many have each, the most frequent first", () => {
  expect(tally(reasons("a", "b", "b"), (one) => one.reason)).toEqual([
    ["b", 2],
    ["a", 1],
  ]);
});
