import { expect, test } from "vitest";
import { enterSide, isPicked, NONE, nextFree, type Picked, pickLeft, pickLink, pickRight, step } from "./picked";

const left = ["a", "b", "c"];
const right = ["x", "y"];
const plain = { shiftKey: false, ctrlKey: false, metaKey: false };
const press = (key: string, held = {}) => ({ key, ...plain, ...held });
const chosen = (picked: Picked | null) => [...(picked?.left.chosen ?? [])].join("");

test("several of the left and one of the right stand together", () => {
  const two = pickLeft(pickLeft(NONE, left, "a", plain), left, "c", { ...plain, ctrlKey: true });
  const both = pickRight(two, "y");
  expect(chosen(both)).toBe("ac");
  expect(both.right).toBe("y");
  expect(chosen(pickLeft(both, left, "b", plain))).toBe("b");
  expect(pickLeft(both, left, "b", plain).right).toBe("y");
});

test("shift takes the range on the left", () => {
  expect(chosen(pickLeft(pickLeft(NONE, left, "a", plain), left, "c", { ...plain, shiftKey: true }))).toBe("abc");
});

test("a link is picked alone", () => {
  const link = pickLink("l");
  expect(chosen(link)).toBe("");
  expect(isPicked(link)).toBe(true);
  expect(isPicked(NONE)).toBe(false);
});

test("arrows move on the side that was touched last, and stop at its ends", () => {
  const a = step(press("ArrowDown"), NONE, left, right) as Picked;
  expect(chosen(a)).toBe("a");
  const x = step(press("ArrowRight"), a, left, right) as Picked;
  expect([x.right, x.side, chosen(x)]).toEqual(["x", "right", "a"]);
  const y = step(press("ArrowDown"), x, left, right) as Picked;
  expect(step(press("ArrowDown"), y, left, right)?.right).toBe("y");
  const back = step(press("ArrowLeft"), y, left, right) as Picked;
  expect([back.side, back.right, chosen(back)]).toEqual(["left", "y", "a"]);
  expect(chosen(step(press("End"), back, left, right))).toBe("c");
  expect(chosen(step(press("ArrowDown", { shiftKey: true }), back, left, right))).toBe("ab");
});

test("select all takes the left; other keys are not taken", () => {
  expect(chosen(step(press("a", { ctrlKey: true }), NONE, left, right))).toBe("abc");
  expect(step(press("z", { ctrlKey: true }), NONE, left, right)).toBeNull();
  expect(step(press("q"), NONE, left, right)).toBeNull();
  expect(step(press("ArrowRight"), NONE, left, [])).toBeNull();
});

test("a filter leads to what is picked on its side, or else to the first", () => {
  expect(chosen(enterSide(NONE, "left", left))).toBe("a");
  const c = pickLeft(NONE, left, "c", plain);
  expect(chosen(enterSide(c, "left", left))).toBe("c");
  expect(chosen(enterSide(c, "left", ["a", "b"]))).toBe("a");
  expect(enterSide(c, "right", right)).toMatchObject({ right: "x", side: "right", left: c.left });
  expect(enterSide(c, "right", [])).toBe(c);
});

test("after a link was drawn the arrow goes on to the next that has none, and begins again after the last", () => {
  const link = pickLink("l", "a");
  expect(chosen(link)).toBe("");
  expect(nextFree(link, left, new Set(["a"]))).toBe("b");
  expect(nextFree(link, left, new Set(["a", "b"]))).toBe("c");
  expect(nextFree(pickLink("l", "c"), left, new Set(["c"]))).toBe("a");
  expect(nextFree(link, left, new Set(left))).toBeUndefined();
  expect(nextFree(NONE, left, new Set())).toBeUndefined();
  expect(chosen(step(press("ArrowUp"), pickLink("l", "c"), left, right))).toBe("b");
});
