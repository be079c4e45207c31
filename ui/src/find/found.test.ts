import { expect, test } from "vitest";
import type { FoundNames, FoundValues } from "../ipc/bindings";
import { linesOf } from "./found";

const NAMES: FoundNames = {
  tables: [
    { key: "/lab", database: null, table: "lab", rows: 9, disposition: "discrete", module: null, why: "its name" },
  ],
  tables_total: 1,
  columns: [
    {
      key: "/visit/lab_no",
      table_key: "/visit",
      database: null,
      table: "visit",
      column: "lab_no",
      rows: 4,
      filled_percent: 50,
      disposition: "undecided",
      why: "its name",
    },
  ],
  columns_total: 1,
  analyzed: 0,
};

const place = (rows: number, first_rows: number[]) => ({
  column: "/visit/note",
  table_key: "/visit",
  database: null,
  table: "visit",
  name: "note",
  rows,
  first_rows,
  disposition: "undecided" as const,
});

test("values that hold it come first, with the rows they stand in", () => {
  const values: FoundValues = { places: [place(7, [3, 17])], rows_read: 9, tables: 2, indexed: 0, seconds: 0 };
  const lines = linesOf(NAMES, values);
  expect(lines.map(({ kind, table, column }) => [kind, table, column])).toEqual([
    ["values", "/visit", "note"],
    ["table", "/lab", null],
    ["column", "/visit", "lab_no"],
  ]);
  expect(lines[0]?.why).toBe("rows 3, 17 …");
  expect(linesOf(undefined, { ...values, places: [place(1, [5])] })[0]?.why).toBe("row 5");
});
