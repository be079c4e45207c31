// The list of tables in groups: which there are, what of them is shown, and what choosing the head of one means.

import type { TableFacts, TableKey } from "../ipc/bindings";
import type { Selection } from "../parts/grid/selection";

export type GroupBy = "role" | "module" | "disposition" | "family";

export type TableGroup = {
  /** Among the keys of the list; no table's. */
  key: string;
  name: string;
  tables: TableKey[];
  rows: number;
  undecided: number;
};

/** A table's key has one slash: those of its names are written otherwise. */
const HEAD = "//";

export const headOf = (by: GroupBy, value: string) => `${HEAD}${by} ${value}`;

export const isHead = (key: string | null) => key?.startsWith(HEAD) === true;

/** What a table is grouped under: `order` puts the groups in order, and then their names do. */
export type Under = { value: string; name: string; order: number };

/** `largestFirst`: groups by their rows, as the list in them is; where it is undefined, by their names. */
export function groupsOf(
  by: GroupBy,
  tables: readonly TableFacts[],
  under: (table: TableFacts) => Under,
  largestFirst?: boolean,
): TableGroup[] {
  const groups = new Map<string, TableGroup & { order: number }>();
  for (const table of tables) {
    const { value, name, order } = under(table);
    let group = groups.get(value);
    if (!group) {
      group = { key: headOf(by, value), name, order, tables: [], rows: 0, undecided: 0 };
      groups.set(value, group);
    }
    group.tables.push(table.key);
    group.rows += table.rows;
    if (table.disposition === "undecided") group.undecided += 1;
  }
  const byRows = (a: TableGroup, b: TableGroup) =>
    largestFirst === undefined ? 0 : largestFirst ? b.rows - a.rows : a.rows - b.rows;
  return [...groups.values()].sort((a, b) => a.order - b.order || byRows(a, b) || a.name.localeCompare(b.name));
}

export type Line = { head: TableGroup } | { table: TableKey };

/** What stands in the list, from the first line to the last. */
export function linesOf(groups: readonly TableGroup[], closed: ReadonlySet<string>): Line[] {
  return groups.flatMap((group): Line[] => [
    { head: group },
    ...(closed.has(group.key) ? [] : group.tables.map((table) => ({ table }))),
  ]);
}

/** A head is chosen when all of its tables are. */
export function withHeads(selection: Selection, groups: readonly TableGroup[]): Selection {
  const { chosen } = selection;
  if (chosen.size === 0) return selection;
  const heads = groups.filter(({ tables }) => tables.every((table) => chosen.has(table))).map(({ key }) => key);
  return heads.length === 0 ? selection : { ...selection, chosen: new Set([...chosen, ...heads]) };
}

/** `next` is what a click or a key made of `shown`, heads and all; what is kept is tables alone. */
export function withoutHeads(next: Selection, groups: readonly TableGroup[]): Selection {
  const chosen = new Set(next.chosen);
  // What was taken out by itself takes its tables, or its head, along.
  const out = next.active !== null && !next.chosen.has(next.active) ? next.active : null;
  for (const { key, tables } of groups) {
    if (key === out) for (const table of tables) chosen.delete(table);
    else if (chosen.has(key) && !(out !== null && tables.includes(out))) for (const table of tables) chosen.add(table);
    chosen.delete(key);
  }
  return { ...next, chosen };
}
