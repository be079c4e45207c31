// Which table points at which, as a graph: what was rejected is not in it.

import type { PersonPath, Relation, RelationshipFacts, TableKey } from "../../ipc/bindings";

/** All ways in which one table points at another that are equally well known. */
export type Join = {
  id: string;
  from: TableKey;
  to: TableKey;
  /** Declared or confirmed; otherwise found by us. */
  sure: boolean;
  relations: Relation[];
  orphans: number;
};

export type Side = "into" | "out";

export type Graph = {
  joins: Join[];
  /** Those that point at a table, and those it points at, without itself. */
  into: Map<TableKey, Set<TableKey>>;
  out: Map<TableKey, Set<TableKey>>;
  /** A table that points at itself, such as an employee at the supervisor. */
  itself: Map<TableKey, Relation[]>;
  person: TableKey | null;
  paths: Map<TableKey, PersonPath>;
};

export function isSure({ kind, state }: Pick<Relation, "kind" | "state">): boolean {
  return kind === "declared" || state === "confirmed";
}

export function graphOf({ relations, person_table, paths }: RelationshipFacts): Graph {
  const joins = new Map<string, Join>();
  const graph: Omit<Graph, "joins"> = {
    into: new Map(),
    out: new Map(),
    itself: new Map(),
    person: person_table?.table_key ?? null,
    paths: new Map(paths.map((path) => [path.key, path])),
  };
  for (const relation of relations) {
    if (relation.state === "rejected") continue;
    const [from, to] = [relation.from.key, relation.to.key];
    if (from === to) {
      graph.itself.set(from, [...(graph.itself.get(from) ?? []), relation]);
      continue;
    }
    const sure = isSure(relation);
    const id = `${from} ${to} ${sure}`;
    const join = joins.get(id) ?? { id, from, to, sure, relations: [], orphans: 0 };
    join.relations.push(relation);
    join.orphans += relation.orphans;
    joins.set(id, join);
    put(graph.out, from, to);
    put(graph.into, to, from);
  }
  return { ...graph, joins: [...joins.values()] };
}

function put(into: Map<TableKey, Set<TableKey>>, key: TableKey, other: TableKey) {
  const others = into.get(key);
  if (others) others.add(other);
  else into.set(key, new Set([other]));
}

/** Ids of the joins that lead from a table to the table of people, and the tables on the way. */
export function wayToPerson(graph: Graph, table: TableKey): { joins: Set<string>; tables: TableKey[] } {
  const steps = graph.paths.get(table)?.steps ?? [];
  const joins = new Set<string>();
  for (const { from, to } of steps) {
    const step = graph.joins.find(
      (join) =>
        join.from === from.key &&
        join.to === to.key &&
        join.relations.some((one) => same(one.from.columns, from.columns) && same(one.to.columns, to.columns)),
    );
    if (step) joins.add(step.id);
  }
  return { joins, tables: steps.flatMap(({ from, to }) => [from.key, to.key]) };
}

const same = (a: string[], b: string[]) => a.length === b.length && a.every((name, at) => name === b[at]);

/** `n:1`, `1:1`; empty where no row tells. Where ways differ, the wider one. */
export function cardinalityOf({ relations }: Join): string {
  const kinds = new Set(relations.map(({ cardinality }) => cardinality));
  if (kinds.has("many_to_one")) return "n:1";
  return kinds.has("one_to_one") ? "1:1" : "";
}

/** How many ways a label names; the rest are counted. */
const NAMED = 2;

/** The columns that point. */
export function columnsOf({ relations }: Join): string {
  const names = relations.map(({ from }) =>
    from.columns.length > 1 ? `(${from.columns.join(", ")})` : from.columns[0],
  );
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(", ")} +${more}` : names.join(", ");
}
