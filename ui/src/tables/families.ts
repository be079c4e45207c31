// Which tables belong together: those that relationships connect, other than by people and by lookups, which nearly all
// tables share.

import type { Role, TableKey } from "../ipc/bindings";
import type { Graph } from "./diagram/graph";

/** A family by the table it is named after; or why a table is in none. */
export type Family = { named: TableKey } | "shared" | "none";

type Known = { role: (table: TableKey) => Role | undefined; rows: (table: TableKey) => number };

/** What points at these is not kin for that. */
const SHARED_BY_NATURE = new Set<Role | undefined>(["lookup", "staff", "person"]);

export function familiesOf(graph: Graph, tables: readonly TableKey[], { role, rows }: Known): Map<TableKey, Family> {
  const kin = new Kin();
  const largest = (some: Iterable<TableKey>) => [...some].sort((a, b) => rows(b) - rows(a) || (a < b ? -1 : 1))[0];
  for (const { from, to } of graph.joins) {
    if (from !== graph.person && to !== graph.person && !SHARED_BY_NATURE.has(role(to))) kin.join(from, to);
  }
  const pointing = [...new Set(graph.joins.map(({ from }) => from))];
  const alone = (table: TableKey) => !kin.has(table);
  // What tells of a person and of nothing else belongs to the people.
  const { person } = graph;
  const ofPerson = pointing.filter((table) => alone(table) && person !== null && graph.out.get(table)?.has(person));
  if (person !== null) for (const table of ofPerson) kin.join(table, person);
  const shared = new Set<TableKey>();
  for (const [table, others] of graph.into) {
    if (!alone(table)) continue;
    const families = new Set([...others].flatMap((other) => (alone(other) ? [] : [kin.first(other)])));
    const [only] = families;
    if (families.size > 1) shared.add(table);
    else if (only !== undefined) kin.join(table, only);
  }
  // What points at nothing but shared tables goes with the largest of them.
  for (const table of pointing) {
    const to = alone(table) ? largest(graph.out.get(table) ?? []) : undefined;
    if (to !== undefined) kin.join(table, to);
  }
  const names = new Map<TableKey, TableKey>();
  for (const [first, members] of kin.families()) {
    const parents = members.filter((table) =>
      [...(graph.into.get(table) ?? [])].some((other) => members.includes(other)),
    );
    const own = person !== null && members.includes(person) ? person : largest(parents.length > 0 ? parents : members);
    names.set(first, own ?? first);
  }
  return new Map(
    tables.map((table) => {
      const named = alone(table) ? undefined : names.get(kin.first(table));
      return [table, named !== undefined ? { named } : shared.has(table) ? "shared" : "none"];
    }),
  );
}

/** Sets that grow together. */
class Kin {
  private readonly above = new Map<TableKey, TableKey>();

  has(table: TableKey): boolean {
    return this.above.has(table);
  }

  first(table: TableKey): TableKey {
    let at = table;
    for (let up = this.above.get(at); up !== undefined && up !== at; up = this.above.get(at)) at = up;
    this.above.set(table, at);
    return at;
  }

  join(a: TableKey, b: TableKey) {
    const [first, second] = [this.first(a), this.first(b)];
    if (first !== second) this.above.set(second, first);
  }

  families(): Map<TableKey, TableKey[]> {
    const found = new Map<TableKey, TableKey[]>();
    for (const table of this.above.keys()) {
      const first = this.first(table);
      const members = found.get(first);
      if (members) members.push(table);
      else found.set(first, [table]);
    }
    return found;
  }
}
