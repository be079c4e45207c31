// Sorting of a list that is whole in the window. Longer ones are sorted by the engine.

import { useMemo, useState } from "react";
import type { GridColumn, Sort } from "./column";

export type Sorting = { sort: Sort; onSort: (by: string) => void };

/** Equal ones stay in the order they came in; what has no value comes last, either way. */
export function sortedBy<T>(rows: readonly T[], columns: readonly GridColumn<T>[], sort: Sort | null): readonly T[] {
  const value = columns.find((column) => column.id === sort?.by)?.value;
  if (!value || !sort) return rows;
  const way = sort.descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [folded(value(a)), folded(value(b))];
    if (x === y) return 0;
    if (x === null || y === null) return x === null ? 1 : -1;
    return way * (x < y ? -1 : 1);
  });
}

function folded(value: string | number | null): string | number | null {
  return typeof value === "string" ? value.toLowerCase() : value;
}

/** A second time the other way round. Figures are looked at from the largest, names from the first. */
export function turned<T>(sort: Sort | null, by: string, columns: readonly GridColumn<T>[]): Sort {
  if (sort?.by === by) return { by, descending: !sort.descending };
  return { by, descending: columns.find((column) => column.id === by)?.numeric === true };
}

/** `first`: how the list comes in. */
export function useSorted<T>(rows: readonly T[], columns: readonly GridColumn<T>[], first: Sort | null = null) {
  const [sort, setSort] = useState<Sort | null>(first);
  const sorted = useMemo(() => sortedBy(rows, columns, sort), [rows, columns, sort]);
  return {
    rows: sorted,
    sort: sort ?? undefined,
    onSort: (by: string) => setSort(turned(sort, by, columns)),
  };
}
