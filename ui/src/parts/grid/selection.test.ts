import { expect, test } from "vitest";
import { all, moved, NOTHING, only, ranged, type Selection, toggled, within } from "./selection";

const keys = ["a", "b", "c", "d", "e"];
const chosen = (selection: Selection) => keys.filter((key) => selection.chosen.has(key)).join("");

test("a click chooses one, ctrl-click toggles", () => {
  const two = toggled(only("a"), "c");
  expect(chosen(two)).toBe("ac");
  expect(chosen(toggled(two, "a"))).toBe("c");
});

test("shift takes the range from the anchor, in either direction", () => {
  const from = only("c");
  expect(chosen(ranged(from, keys, "e"))).toBe("cde");
  expect(chosen(ranged(ranged(from, keys, "e"), keys, "a"))).toBe("abc");
});

test("a range without an anchor, or with one that is filtered out, is one row", () => {
  expect(chosen(ranged(NOTHING, keys, "b"))).toBe("b");
  expect(chosen(ranged(only("z"), keys, "b"))).toBe("b");
  expect(ranged(only("a"), keys, "z").active).toBe("a");
});

test("arrows move and stop at the ends; shift extends", () => {
  expect(moved(NOTHING, keys, 1, false).active).toBe("a");
  expect(moved(NOTHING, keys, -1, false).active).toBe("e");
  expect(moved(only("e"), keys, 1, false).active).toBe("e");
  const down = moved(moved(only("b"), keys, 1, true), keys, 1, true);
  expect(chosen(down)).toBe("bcd");
  expect(chosen(moved(down, keys, -1, true))).toBe("bc");
  expect(moved(NOTHING, [], 1, false)).toBe(NOTHING);
});

test("the range follows the order on screen, not the order of loading", () => {
  const other = ["e", "a", "d", "b", "c"];
  expect([...ranged(only("a"), other, "b").chosen]).toEqual(["a", "d", "b"]);
});

test("all, and what a filter leaves of it", () => {
  const every = all(NOTHING, keys);
  expect(every.chosen.size).toBe(5);
  const left = within(every, ["b", "d"]);
  expect(chosen(left)).toBe("bd");
  expect(left.active).toBeNull();
  expect(within(left, keys)).toBe(left);
});
