import { expect, test } from "vitest";
import type { GridColumn } from "./column";
import { sortedBy, turned } from "./order";

type Row = { name: string; size: number | null };
const columns: GridColumn<Row>[] = [
  { id: "name", header: "Name", width: 10, value: (row) => row.name, cell: () => null },
  { id: "size", header: "Size", width: 10, numeric: true, value: (row) => row.size, cell: () => null },
];
const rows: Row[] = [
  { name: "b", size: null },
  { name: "A", size: 2 },
  { name: "c", size: 10 },
];
const names = (by: string, descending: boolean) =>
  sortedBy(rows, columns, { by, descending })
    .map((row) => row.name)
    .join("");

test("whatever the case, and what has no value last either way", () => {
  expect(names("name", false)).toBe("Abc");
  expect(names("size", false)).toBe("Acb");
  expect(names("size", true)).toBe("cAb");
  expect(names("nothing", true)).toBe("bAc");
});

test("figures from the largest, names from the first, and the other way round the second time", () => {
  expect(turned(null, "size", columns)).toEqual({ by: "size", descending: true });
  expect(turned({ by: "size", descending: true }, "size", columns)).toEqual({ by: "size", descending: false });
  expect(turned({ by: "size", descending: true }, "name", columns)).toEqual({ by: "name", descending: false });
});
