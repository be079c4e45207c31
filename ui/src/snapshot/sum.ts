import type { LedgerTable } from "../ipc/bindings";

export type Sum = Pick<LedgerTable, "read" | "loaded" | "rejected">;

export function sumOf(tables: readonly Sum[]): Sum {
  return tables.reduce(
    (sum, table) => ({
      read: sum.read + table.read,
      loaded: sum.loaded + table.loaded,
      rejected: sum.rejected + table.rejected,
    }),
    { read: 0, loaded: 0, rejected: 0 },
  );
}
