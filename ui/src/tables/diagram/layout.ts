// Where the tables of a diagram stand: what points at a table at its left, what it points at at its right.

import { Graph, type GraphLabel, layout } from "@dagrejs/dagre";
import type { TableKey } from "../../ipc/bindings";
import type { Join } from "./graph";
import type { Scene } from "./scene";

export type Point = { x: number; y: number };
/** From its top left corner. */
export type Box = Point & { width: number; height: number };
export type Line = { points: Point[]; label: Point };
export type Placed = { boxes: Map<string, Box>; lines: Map<string, Line>; width: number; height: number };

type Size = { width: number; height: number };
/** In pixels as drawn. */
export type Sizes = { unit: number; table: (key: TableKey) => Size; group: Size; label: (join: Join) => Size };

/** A group's line has no label, and so a name that no join has. */
export const lineOf = (group: string) => `group ${group}`;

export function placed({ tables, groups, joins }: Scene, sizes: Sizes): Placed {
  const { unit } = sizes;
  const graph = new Graph<GraphLabel, Box, Size & { points: Point[]; x: number; y: number }>({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 12 * unit, edgesep: 8 * unit, ranksep: 72 * unit });
  for (const { key } of tables) graph.setNode(key, { ...ORIGIN, ...sizes.table(key) });
  for (const { id } of groups) graph.setNode(id, { ...ORIGIN, ...sizes.group });
  const place = new Map(tables.map(({ key }, at) => [key, at]));
  const late = ({ from, to }: Join) => Math.max(place.get(from) ?? 0, place.get(to) ?? 0);
  const turned = turnedRound(joins, tables[0]?.key);
  for (const join of joins.toSorted((a, b) => late(a) - late(b))) {
    const [from, to] = turned.has(join.id) ? [join.to, join.from] : [join.from, join.to];
    graph.setEdge(from, to, { ...NO_LINE, ...sizes.label(join) }, join.id);
  }
  for (const { id, of, side } of groups) {
    const [from, to] = side === "into" ? [id, of] : [of, id];
    graph.setEdge(from, to, { ...NO_LINE, ...NO_LABEL }, lineOf(id));
  }
  // Around one table nothing crosses, whatever the order: as it is given, so the heaviest is at the top.
  layout(graph, { disableOptimalOrderHeuristic: tables.filter(({ open }) => open).length === 1 });
  const boxes = new Map<string, Box>();
  for (const id of graph.nodes()) {
    const { x, y, width, height } = graph.node(id);
    boxes.set(id, { x: x - width / 2, y: y - height / 2, width, height });
  }
  const lines = new Map<string, Line>();
  for (const edge of graph.edges()) {
    const { points, x, y, width } = graph.edge(edge);
    const back = turned.has(String(edge.name));
    if (back) points.reverse();
    const [from, to] = [boxes.get(back ? edge.w : edge.v), boxes.get(back ? edge.v : edge.w)];
    if (from && to)
      lines.set(String(edge.name), {
        points: fromSideToSide(besideLabel(points, { x, y }, width), from, to),
        label: { x, y },
      });
  }
  const { width = 0, height = 0 } = graph.graph();
  return { boxes, lines, width, height };
}

/** Of two tables that point at each other, both lines are laid the same way: beside one another. */
function turnedRound(joins: Join[], middle: TableKey | undefined): Set<string> {
  const pointedAt = new Set(joins.flatMap(({ from, to }) => (from === middle ? [to] : [])));
  return new Set(joins.flatMap(({ id, from, to }) => (to === middle && pointedAt.has(from) ? [id] : [])));
}

const ORIGIN = { x: 0, y: 0 };
const NO_LINE = { points: [], x: 0, y: 0, labelpos: "c" };
const NO_LABEL = { width: 0, height: 0 };

/** Level along the whole label, so that it stands on its own line and hides no bend of another. */
function besideLabel(points: Point[], label: Point, width: number): Point[] {
  if (width === 0) return points;
  return points.flatMap((point) => {
    if (Math.abs(point.x - label.x) > 1 || Math.abs(point.y - label.y) > 1) return point;
    const ends = [
      { x: label.x - width / 2, y: label.y },
      { x: label.x + width / 2, y: label.y },
    ];
    return (points[0]?.x ?? 0) > label.x ? ends.reverse() : ends;
  });
}

/** Lines leave and arrive at the middle of a side, wherever the layout let them meet the box. */
function fromSideToSide(points: Point[], from: Box, to: Box): Point[] {
  const inner = points.slice(1, -1);
  const [next, before] = [inner[0] ?? middleOf(to), inner.at(-1) ?? middleOf(from)];
  return [sideTowards(from, next), ...inner, sideTowards(to, before)];
}

function sideTowards(box: Box, { x }: Point): Point {
  const middle = middleOf(box);
  return { x: x < middle.x ? box.x : box.x + box.width, y: middle.y };
}

const middleOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });

/** A line that is level wherever it passes a point. */
export function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let from = first;
  const curves = rest.map((to) => {
    const half = (from.x + to.x) / 2;
    const curve = `C ${half} ${from.y} ${half} ${to.y} ${to.x} ${to.y}`;
    from = to;
    return curve;
  });
  return [`M ${first.x} ${first.y}`, ...curves].join(" ");
}

export type View = { x: number; y: number; zoom: number };

/** Smaller can hardly be read. */
export const READABLE = 0.62;
export const LEAST_ZOOM = 0.2;
const MARGIN = 16;

/** All of it; or, where that would be smaller than `least`, the middle with what stands around it. */
export function fitted({ width, height }: Size, middle: Box, view: Size, least = READABLE): View {
  const wide = Math.min(1, (view.width - 2 * MARGIN) / width);
  const whole = Math.min(wide, (view.height - 2 * MARGIN) / height);
  // Where one must scroll anyway, it is down, and what is in sight is as large as its width allows.
  const zoom = whole >= least ? whole : Math.max(least, wide);
  const along = (length: number, from: number, size: number, room: number) => {
    if (length * zoom <= room - 2 * MARGIN + 1) return (room - length * zoom) / 2;
    // As far towards the middle as no room is wasted at an end.
    const centred = room / 2 - (from + size / 2) * zoom;
    return Math.min(MARGIN, Math.max(room - MARGIN - length * zoom, centred));
  };
  return {
    zoom,
    x: along(width, middle.x, middle.width, view.width),
    y: along(height, middle.y, middle.height, view.height),
  };
}

/** How to move so that a box is whole in sight. */
export function shownIn(view: View, box: Box, size: Size): View {
  const along = (offset: number, from: number, length: number, room: number) => {
    const start = offset + from * view.zoom;
    const end = start + length * view.zoom;
    if (start < MARGIN) return offset + MARGIN - start;
    return end > room - MARGIN ? offset - (end - room + MARGIN) : offset;
  };
  return {
    zoom: view.zoom,
    x: along(view.x, box.x, box.width, size.width),
    y: along(view.y, box.y, box.height, size.height),
  };
}
