// What of the two lists and their links stands on the canvas now.

import { type Edge, MarkerType, type Node, Position } from "@xyflow/react";
import { type Columns, inSight, topOf } from "./layout";
import type { EdgeLook } from "./nodes";
import type { Picked, Side } from "./picked";

export type Item = { id: string; testId: string; label: string; tone?: string };

/** `weight`: what it carries; 0 is drawn dashed. */
export type Link = { id: string; left: string; right: string; label?: string; weight?: number };

export type Listed = { ids: string[]; place: Map<string, number>; item: Map<string, Item> };
export type Lists = { left: Listed; right: Listed };

export function listed(items: Item[]): Listed {
  return {
    ids: items.map((item) => item.id),
    place: new Map(items.map((item, at) => [item.id, at])),
    item: new Map(items.map((item) => [item.id, item])),
  };
}

/** In canvas units. */
type View = {
  heights: Record<Side, number>;
  offset: Record<Side, number>;
  columns: Columns;
  /** Height of what is in sight. */
  view: number;
};

/** Rows in sight, and the far ends of the links that are drawn. */
export function nodesOf(lists: Lists, drawn: Link[], view: View, picked: Picked): Node[] {
  const ends = { left: new Set(drawn.map((link) => link.left)), right: new Set(drawn.map((link) => link.right)) };
  const link = drawn.find((one) => one.id === picked.link);
  const nodes: Node[] = [];
  for (const side of ["left", "right"] as const) {
    const { ids } = lists[side];
    const height = view.heights[side];
    const isLeft = side === "left";
    const [first, last] = inSight(ids.length, height, view.offset[side], view.view);
    const places = new Set<number>();
    for (let at = first; at <= last; at += 1) places.add(at);
    for (const id of ends[side]) places.add(lists[side].place.get(id) ?? first);
    for (const at of places) {
      const id = ids[at];
      if (id === undefined) continue;
      nodes.push({
        id: `${side}:${id}`,
        type: side,
        position: { x: isLeft ? view.columns.leftX : view.columns.rightX, y: topOf(at, height, view.offset[side]) },
        data: { id, end: link?.[side] === id },
        width: view.columns.width,
        height,
        selected: isLeft ? picked.left.chosen.has(id) : picked.right === id,
        handles: [
          isLeft
            ? {
                type: "source",
                position: Position.Right,
                x: view.columns.width - 1,
                y: height / 2,
                width: 1,
                height: 1,
              }
            : { type: "target", position: Position.Left, x: 0, y: height / 2, width: 1, height: 1 },
        ],
      });
    }
  }
  return nodes;
}

export function edgeOf(link: Link, picked: Picked, zoom: number): Edge {
  const near = picked.link === link.id || picked.left.chosen.has(link.left) || picked.right === link.right;
  const look: EdgeLook = { label: zoom < 0.5 ? undefined : link.label, near, weight: link.weight ?? 1 };
  return {
    id: link.id,
    type: "link",
    source: `left:${link.left}`,
    target: `right:${link.right}`,
    selected: picked.link === link.id,
    reconnectable: "target",
    data: look,
    markerEnd: {
      type: MarkerType.ArrowClosed,
      width: 14,
      height: 14,
      markerUnits: "userSpaceOnUse",
      color: near ? "var(--accent)" : "var(--bar)",
    },
    zIndex: near ? 1 : 0,
  };
}
