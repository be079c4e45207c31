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

type Accounted = {
  file: string;
  bytes: number;
  tables: { bytes: number }[];
  shares: { bytes: number }[];
  ignored: string[];
};

/** Of files that are read: how many say where their bytes went, how many cannot, and those whose shares do not add up. */
export function sharesOf(files: readonly Accounted[]): { known: number; open: number; apart: string[] } {
  const apart: string[] = [];
  let known = 0;
  let open = 0;
  for (const { file, bytes, tables, shares, ignored } of files) {
    if (ignored.length > 0) continue;
    const sum = [...tables, ...shares].reduce((before, part) => before + part.bytes, 0);
    if (sum === 0) {
      open++;
      continue;
    }
    known++;
    if (sum !== bytes) apart.push(file);
  }
  return { known, open, apart };
}
