// What of the graph is drawn around a table: never more than a person takes in.

import type { TableKey } from "../../ipc/bindings";
import { type Graph, type Join, type Side, wayToPerson } from "./graph";

/** Tables on one side of the middle, or of a table that a person opened; the rest are one node. */
export const MOST = 12;
/** On one side of a table that is drawn only because two hops are. */
const MOST_FAR = 4;
/** Of all: with more, no table of the second hop brings others. */
const MOST_TABLES = 48;

export type Around = {
  middle: TableKey;
  hops: 1 | 2;
  /** What a person opened (true) or closed (false) against the rule of hops. */
  turned: ReadonlyMap<TableKey, boolean>;
  /** Taken out of a group, one by one. */
  brought: ReadonlySet<TableKey>;
  path: boolean;
};

export type DrawnTable = { key: TableKey; open: boolean /** Neighbours that no line leads to. */; more: number };
export type Group = { id: string; of: TableKey; side: Side; tables: TableKey[] };
export type Scene = {
  tables: DrawnTable[];
  groups: Group[];
  joins: Join[];
  /** Ids of the joins, and the tables, that lead to the table of people. */
  path: ReadonlySet<string>;
  onPath: ReadonlySet<TableKey>;
};

/** `weight`: the heaviest are drawn, the others grouped. */
export function sceneOf(graph: Graph, around: Around, weight: (table: TableKey) => number): Scene {
  const { middle, turned } = around;
  const way = around.path ? wayToPerson(graph, middle) : { joins: new Set<string>(), tables: [] };
  const shown = new Set<TableKey>([middle, ...way.tables, ...around.brought]);
  const open = new Set<TableKey>();
  let groups: Group[] = [];
  const byWeight = (tables: Iterable<TableKey>) =>
    [...tables].sort((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1));
  const spread = (of: TableKey, most: number) => {
    open.add(of);
    for (const side of ["into", "out"] as const) {
      const others = byWeight(graph[side].get(of) ?? []).filter((other) => !shown.has(other));
      // A group of one would take the room of the one.
      const fit = others.length <= most + 1 ? others.length : most;
      for (const other of others.slice(0, fit)) shown.add(other);
      if (fit < others.length) groups.push({ id: `${side} ${of}`, of, side, tables: others.slice(fit) });
    }
  };
  spread(middle, MOST);
  const near = byWeight(neighbours(graph, middle)).filter((table) => shown.has(table));
  for (const table of turned.keys()) if (turned.get(table) && shown.has(table)) spread(table, MOST);
  if (around.hops === 2) {
    for (const table of near) {
      if (!turned.has(table) && shown.size < MOST_TABLES) spread(table, MOST_FAR);
    }
  }
  // What one table leaves over another may have brought.
  groups = groups
    .map((group) => ({ ...group, tables: group.tables.filter((table) => !shown.has(table)) }))
    .filter(({ tables }) => tables.length > 0);
  const joins = graph.joins.filter(
    ({ id, from, to }) => shown.has(from) && shown.has(to) && (open.has(from) || open.has(to) || way.joins.has(id)),
  );
  const joined = joinedBy(joins);
  const tables = [...shown].map((key) => ({
    key,
    open: open.has(key),
    more: open.has(key) ? 0 : [...neighbours(graph, key)].filter((other) => !joined.get(key)?.has(other)).length,
  }));
  return { tables, groups, joins, path: way.joins, onPath: new Set(way.tables) };
}

export function neighbours({ into, out }: Pick<Graph, "into" | "out">, table: TableKey): Set<TableKey> {
  return new Set([...(into.get(table) ?? []), ...(out.get(table) ?? [])]);
}

function joinedBy(joins: Join[]): Map<TableKey, Set<TableKey>> {
  const joined = new Map<TableKey, Set<TableKey>>();
  const put = (key: TableKey, other: TableKey) => joined.set(key, (joined.get(key) ?? new Set()).add(other));
  for (const { from, to } of joins) {
    put(from, to);
    put(to, from);
  }
  return joined;
}
