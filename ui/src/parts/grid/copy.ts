// Ctrl+C: the chosen rows as they are shown, for a spreadsheet. What is masked stays masked.

import { GRID } from "../../words";
import { counted } from "../format";
import { tellError } from "../notices";
import { say } from "../said";
import type { GridColumn } from "./column";
import { tsv } from "./tsv";

export async function copyRows<T>(columns: readonly GridColumn<T>[], rows: readonly T[] | Promise<readonly T[]>) {
  const written = columns.filter((column) => column.text ?? column.value);
  try {
    const chosen = await rows;
    await navigator.clipboard.writeText(tsv(chosen.map((row) => written.map((column) => textOf(column, row)))));
    say(`${GRID.copied} ${counted(chosen.length, "row")}`);
  } catch (error) {
    tellError(GRID.notCopied, error as Error);
  }
}

function textOf<T>(column: GridColumn<T>, row: T): string {
  return column.text ? column.text(row) : String(column.value?.(row) ?? "");
}
