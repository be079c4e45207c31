import { expect, test } from "vitest";
import { NONE, pickLink, pickRight } from "./picked";
import { edgeOf, type Link, listed, nodesOf } from "./scene";

const items = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `${prefix}${at}`, testId: "", label: "" }));
const lists = { left: listed(items("t", 2000)), right: listed(items("i", 42)) };
const view = {
  heights: { left: 40, right: 40 },
  offset: { left: 0, right: 0 },
  columns: { width: 300, leftX: 20, rightX: 700 },
  view: 600,
};
const ids = (links: Link[]) => nodesOf(lists, links, view, NONE).map((node) => node.id);

test("of two thousand rows only those in sight stand on the canvas", () => {
  expect(ids([]).filter((id) => id.startsWith("left:")).length).toBeLessThan(30);
});

test("the far end of a link stands where it belongs, though out of sight", () => {
  const link = { id: "l", left: "t0", right: "i41" };
  expect(ids([link])).toContain("right:i41");
  const far = nodesOf(lists, [link], view, NONE).find((node) => node.id === "right:i41");
  expect(far?.position.y).toBeGreaterThan(1000);
});

test("a link that carries nothing yet is dashed, and one of what is picked is near", () => {
  const link = { id: "l", left: "t0", right: "i1", weight: 0 };
  expect(edgeOf(link, NONE, 1).data).toEqual({ label: undefined, near: false, weight: 0 });
  expect(edgeOf(link, pickRight(NONE, "i1"), 1).data).toMatchObject({ near: true });
  expect(edgeOf(link, pickLink("l"), 1).selected).toBe(true);
});

test("far out the labels give way", () => {
  const link = { id: "l", left: "t0", right: "i1", label: "12" };
  expect(edgeOf(link, NONE, 1).data).toMatchObject({ label: "12" });
  expect(edgeOf(link, NONE, 0.4).data).toMatchObject({ label: undefined });
});
