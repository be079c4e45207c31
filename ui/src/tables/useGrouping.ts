// Under which head each table of the list stands now, and the list as it is shown with them.

import { useCallback, useMemo } from "react";
import type { TableFacts, TableKey } from "../ipc/bindings";
import { DISPOSITIONS } from "../parts/disposition";
import { apart, count, counted, keyName } from "../parts/format";
import type { GroupHead } from "../parts/grid/GroupRow";
import { TABLES } from "../words";
import { graphOf } from "./diagram/graph";
import { type Family, familiesOf } from "./families";
import { type GroupBy, groupsOf, linesOf, type TableGroup, type Under, withHeads } from "./grouping";
import type { useInventory } from "./inventory";
import { setListing, useListing } from "./listing";
import { useRelationships } from "./useRelationships";

const NO_GROUPS: TableGroup[] = [];
const LAST = Number.MAX_SAFE_INTEGER;

type Inventory = ReturnType<typeof useInventory>;

export function useGrouping(tables: readonly TableFacts[], inventory: Inventory) {
  const { group: by, closed, selection, sort, descending } = useListing();
  const largestFirst = sort === "rows" ? descending : undefined;
  const under = useUnder(by, tables, inventory);
  const groups = useMemo(
    () => (by === null ? NO_GROUPS : groupsOf(by, tables, under, largestFirst)),
    [by, tables, under, largestFirst],
  );
  const lines = useMemo(() => linesOf(groups, closed), [groups, closed]);
  const facts = useMemo(() => new Map(tables.map((table) => [table.key, table])), [tables]);
  const keys = useMemo(() => lines.map((line) => ("head" in line ? line.head.key : line.table)), [lines]);
  const shown = useMemo(() => withHeads(selection, groups), [selection, groups]);
  const row = (at: number) => {
    const line = lines[at];
    return line && "table" in line ? facts.get(line.table) : undefined;
  };
  const head = (at: number): GroupHead | undefined => {
    const line = lines[at];
    if (!line || !("head" in line)) return undefined;
    const { key, name, tables: own, rows, undecided } = line.head;
    const figures = [counted(own.length, "table"), counted(rows, "row")];
    if (undecided > 0) figures.push(`${count(undecided)} undecided`);
    return { key, name, note: figures.join(" · "), open: !closed.has(key) };
  };
  /** Opens (true) or closes a group; what it is not where nothing is said. */
  const turn = (key: string, open = closed.has(key)) => {
    const next = new Set(closed);
    if (open) next.delete(key);
    else next.add(key);
    setListing({ closed: next });
  };
  const turnAll = (open: boolean) => setListing({ closed: new Set(open ? [] : groups.map(({ key }) => key)) });
  return { groups, keys, row, head, turn, turnAll, shown };
}

function useUnder(by: GroupBy | null, tables: readonly TableFacts[], { rows }: Inventory) {
  const { data, error } = useRelationships();
  const families = useMemo(() => {
    if (by !== "family" || !data) return undefined;
    const facts = new Map(tables.map((table) => [table.key, table]));
    return familiesOf(graphOf(data), [...rows.keys()], {
      role: (table) => rows.get(table)?.role,
      rows: (table) => facts.get(table)?.rows ?? rows.get(table)?.rows ?? 0,
    });
  }, [by, data, tables, rows]);
  const failed = error !== null;
  const twice = useMemo(() => namedTwice(families), [families]);
  return useCallback(
    (table: TableFacts): Under => {
      if (by === "module") {
        return table.module === null
          ? { value: "", name: TABLES.noModule, order: LAST }
          : { value: `m ${table.module}`, name: table.module, order: 0 };
      }
      if (by === "disposition") {
        const order = DISPOSITIONS.findIndex(({ code }) => code === table.disposition);
        return { value: table.disposition, name: DISPOSITIONS[order]?.label ?? table.disposition, order };
      }
      if (by === "role") {
        const row = rows.get(table.key);
        return row
          ? { value: row.role, name: row.role_label, order: 0 }
          : { value: "", name: TABLES.noRole, order: LAST };
      }
      const family = families?.get(table.key);
      if (families === undefined) {
        return { value: "", name: failed ? TABLES.relationshipsNotFound : TABLES.lookingForFamilies, order: 0 };
      }
      if (family === undefined || family === "none") return { value: "none", name: TABLES.noFamily, order: LAST };
      if (family === "shared") return { value: "shared", name: TABLES.sharedByFamilies, order: LAST - 1 };
      const [, name] = apart(family.named);
      return { value: `f ${family.named}`, name: twice.has(name) ? keyName(family.named) : name, order: 0 };
    },
    [by, rows, families, failed, twice],
  );
}

/** Names of tables in several databases after which families are named. */
function namedTwice(families: ReadonlyMap<TableKey, Family> | undefined): Set<string> {
  const named = new Set(
    [...(families?.values() ?? [])].flatMap((family) => (typeof family === "string" ? [] : family.named)),
  );
  const names = [...named].map((key) => apart(key)[1]);
  return new Set(names.filter((name, at) => names.indexOf(name) !== at));
}
