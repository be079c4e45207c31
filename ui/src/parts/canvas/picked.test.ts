import { expect, test } from "vitest";
import { sideOf, step } from "./picked";

const left = [{ id: "a" }, { id: "b" }];
const right = [{ id: "x" }, { id: "y" }];

test("arrows move along one side and change to the other", () => {
  expect(step("ArrowDown", {}, left, right)).toEqual({ left: "a", right: undefined });
  const b = step("ArrowDown", { left: "a" }, left, right);
  expect(b?.left).toBe("b");
  const across = step("ArrowRight", { left: "b" }, left, right);
  expect(across).toEqual({ left: "b", right: "x" });
  expect(sideOf(across ?? {})).toBe("right");
  expect(step("ArrowDown", across ?? {}, left, right)).toEqual({ left: "b", right: "y" });
  expect(step("ArrowLeft", { left: "b", right: "y" }, left, right)).toEqual({ left: "b" });
});

test("the ends hold, and other keys are not taken", () => {
  expect(step("ArrowUp", { left: "a" }, left, right)?.left).toBe("a");
  expect(step("ArrowDown", { left: "b" }, left, right)?.left).toBe("b");
  expect(step("ArrowDown", {}, [], right)).toBeNull();
  expect(step("x", { left: "a" }, left, right)).toBeNull();
});
