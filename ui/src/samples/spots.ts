// Where one goes within the samples, and how one comes back.

import type { TableKey } from "../ipc/bindings";
import type { Spot } from "../parts/where";

export const PLACE = "samples";

/** What the list of columns is narrowed to, whether it is open or lies behind a preview. */
export function narrowedTo({ part, table, behind }: Spot): TableKey | undefined {
  return part === "preview" ? behind : table;
}

/** A table before and after, at a column of it; what the list was narrowed to is kept. */
export function previewOf(from: Spot, table: TableKey | undefined, column?: string): Spot {
  return { place: PLACE, part: "preview", table, column, behind: narrowedTo(from) };
}

export function columnsFrom(from: Spot): Spot {
  return { place: PLACE, table: narrowedTo(from) };
}
