import { expect, test } from "vitest";
import { clampOffset, columnsIn, inSight, lengthOf, reveal, topOf } from "./layout";

test("only what is in sight is drawn, whatever the length of the list", () => {
  const [first, last] = inSight(2000, 40, 24_000, 600);
  expect(first).toBeGreaterThan(480);
  expect(last - first).toBeLessThan(30);
  expect(inSight(0, 40, 0, 600)[1]).toBe(-1);
});

test("a list does not scroll past its ends", () => {
  expect(clampOffset(-5, 10, 40, 600)).toBe(0);
  expect(clampOffset(9e9, 100, 40, 600)).toBe(lengthOf(100, 40) - 600);
  expect(clampOffset(50, 3, 40, 600)).toBe(0);
});

test("revealing scrolls no more than it must", () => {
  expect(reveal(0, 40, 500, 600)).toBe(0);
  const to = reveal(99, 40, 0, 600);
  expect(topOf(99, 40, to) + 40).toBeLessThanOrEqual(600);
  expect(reveal(100, 40, 4_700, 600)).toBe(4_700);
});

test("the columns never overlap", () => {
  for (const width of [400, 740, 1200, 2400]) {
    const { leftX, rightX, width: column } = columnsIn(width, 1);
    expect(leftX + column).toBeLessThan(rightX);
  }
});
