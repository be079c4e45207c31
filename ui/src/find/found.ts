// What was found, as lines of one list.

import type { Disposition, FoundNames, FoundValues, TableKey } from "../ipc/bindings";

export type Line = {
  id: string;
  kind: "table" | "column" | "values";
  table: TableKey;
  column: string | null;
  /** The column's key. */
  key: string | null;
  rows: number;
  disposition: Disposition;
  why: string;
};

/** Tables, then columns, then places of values: the order in which a person goes closer. */
export function linesOf(names: FoundNames | undefined, values: FoundValues | undefined): Line[] {
  const tables = (names?.tables ?? []).map(
    (one): Line => ({ ...one, id: `t ${one.key}`, kind: "table", table: one.key, column: null, key: null }),
  );
  const columns = (names?.columns ?? []).map(
    (one): Line => ({ ...one, id: `c ${one.key}`, kind: "column", table: one.table_key }),
  );
  const places = (values?.places ?? []).map(
    (one): Line => ({
      ...one,
      id: `v ${one.column}`,
      kind: "values",
      table: one.table_key,
      column: one.name,
      key: one.column,
      why: whereOf(one.first_rows, one.rows),
    }),
  );
  return [...places, ...tables, ...columns];
}

/** `rows 3, 17, 20 …`. */
function whereOf(first: readonly number[], all: number): string {
  const more = all > first.length ? " …" : "";
  return `${first.length === 1 ? "row" : "rows"} ${first.join(", ")}${more}`;
}
