import { expect, test } from "vitest";
import { graphOf } from "./graph";
import { fitted, LEAST_ZOOM, pathThrough, placed, READABLE, shownIn } from "./layout";
import { found, relation } from "./relations.fixture";
import { sceneOf } from "./scene";
import { nextBox } from "./steps";
import { cameThrough, diagramOf } from "./view";

const sizes = {
  unit: 1,
  table: () => ({ width: 100, height: 40 }),
  group: { width: 60, height: 20 },
  label: () => ({ width: 50, height: 20 }),
};

function laid(relations: string[], middle: string, weights: Record<string, number> = {}) {
  const graph = graphOf(found(relations.map((written) => relation(written))));
  const around = { middle, hops: 1 as const, turned: new Map(), brought: new Set<string>(), path: false };
  return placed(
    sceneOf(graph, around, (key) => weights[key] ?? 0),
    sizes,
  );
}

const boxOf = ({ boxes }: ReturnType<typeof placed>, key: string) =>
  boxes.get(key) ?? { x: 0, y: 0, width: 0, height: 0 };

test("what points at the middle stands at its left, what it points at at its right, the heaviest at the top", () => {
  const all = laid(["a.m → m", "b.m → m", "c.m → m", "m.d → d", "m.e → e"], "/m", {
    "/c": 3,
    "/a": 2,
    "/b": 1,
    "/e": 2,
  });
  expect(boxOf(all, "/a").x).toBeLessThan(boxOf(all, "/m").x);
  expect(boxOf(all, "/d").x).toBeGreaterThan(boxOf(all, "/m").x);
  expect(["/a", "/b", "/c"].sort((x, y) => boxOf(all, x).y - boxOf(all, y).y)).toEqual(["/c", "/a", "/b"]);
  expect(boxOf(all, "/e").y).toBeLessThan(boxOf(all, "/d").y);
});

test("lines of two tables that point at each other lie beside one another and end at facing sides", () => {
  const all = laid(["m.a → a", "m.b → b", "b.m → m", "m.c → c"], "/m", { "/a": 3, "/b": 2, "/c": 1 });
  const back = all.lines.get("/b /m false");
  const there = all.lines.get("/m /b false");
  expect(back?.points[0]?.x).toBe(boxOf(all, "/b").x);
  expect(back?.points.at(-1)?.x).toBe(boxOf(all, "/m").x + 100);
  expect(Math.abs((back?.label.y ?? 0) - (there?.label.y ?? 0))).toBeLessThan(40);
});

test("a line is level where it passes a point", () => {
  expect(
    pathThrough([
      { x: 0, y: 0 },
      { x: 10, y: 4 },
    ]),
  ).toBe("M 0 0 C 5 0 5 4 10 4");
  expect(pathThrough([])).toBe("");
});

test("a small diagram stands in the middle of its room and is not enlarged", () => {
  const middle = { x: 40, y: 40, width: 20, height: 20 };
  expect(fitted({ width: 100, height: 100 }, middle, { width: 300, height: 200 })).toEqual({ zoom: 1, x: 100, y: 50 });
});

test("a large one is not shrunk beyond reading: its middle is in sight; all of it where that is asked for", () => {
  const middle = { x: 4_000, y: 0, width: 100, height: 40 };
  const view = fitted({ width: 8_000, height: 300 }, middle, { width: 800, height: 600 });
  expect(view.zoom).toBe(READABLE);
  expect(view.x + (middle.x + 50) * view.zoom).toBeCloseTo(400);
  expect(fitted({ width: 8_000, height: 300 }, middle, { width: 800, height: 600 }, LEAST_ZOOM).zoom).toBeLessThan(
    READABLE,
  );
});

test("a tall one fills the width, and is scrolled", () => {
  const middle = { x: 0, y: 2_000, width: 100, height: 40 };
  const view = fitted({ width: 700, height: 4_000 }, middle, { width: 800, height: 600 });
  expect(view.zoom).toBe(1);
  expect(view.y).toBeCloseTo(-1_720);
});

test("what the keyboard reaches comes into sight", () => {
  const box = { x: 900, y: 0, width: 100, height: 40 };
  const view = shownIn({ x: 0, y: 50, zoom: 1 }, box, { width: 800, height: 600 });
  expect(view).toEqual({ x: -216, y: 50, zoom: 1 });
});

test("arrows: sideways along a line before all else, up and down within the column", () => {
  const at = (x: number, y: number) => ({ x, y, width: 100, height: 40 });
  const boxes = new Map([
    ["m", at(300, 100)],
    ["a", at(0, 0)],
    ["b", at(0, 60)],
    ["near", at(310, 300)],
    ["far", at(600, 400)],
    ["close", at(600, 100)],
  ]);
  expect(nextBox(boxes, "m", "ArrowLeft", new Set(["a"]))).toBe("a");
  expect(nextBox(boxes, "m", "ArrowRight", new Set(["far"]))).toBe("far");
  expect(nextBox(boxes, "m", "ArrowRight", new Set())).toBe("close");
  expect(nextBox(boxes, "a", "ArrowDown", new Set())).toBe("b");
  expect(nextBox(boxes, "m", "ArrowDown", new Set())).toBe("near");
  expect(nextBox(boxes, "a", "ArrowUp", new Set())).toBeUndefined();
});

test("the way back leads through the tables that stood in the middle, and no further", () => {
  const list = { place: "tables" };
  expect(cameThrough([diagramOf("/a"), list, diagramOf("/b"), diagramOf("/c")])).toEqual(["/b", "/c"]);
  expect(cameThrough([list, { place: "tables", table: "/a" }])).toEqual([]);
});
