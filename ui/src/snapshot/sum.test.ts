import { expect, test } from "vitest";
import { sharesOf, sumOf } from "./sum";

test("what the files hold adds up, and nothing adds up to nothing", () => {
  const tables = [
    { read: 10, loaded: 9, rejected: 1 },
    { read: 5, loaded: 5, rejected: 0 },
  ];
  expect(sumOf(tables)).toEqual({ read: 15, loaded: 14, rejected: 1 });
  expect(sumOf([])).toEqual({ read: 0, loaded: 0, rejected: 0 });
});

test("a file's bytes are its rows and its other shares, or the file is named", () => {
  const file = (name: string, bytes: number, rows: number, other: number, ignored: string[] = []) => ({
    file: name,
    bytes,
    tables: [{ bytes: rows }],
    shares: other > 0 ? [{ bytes: other }] : [],
    ignored,
  });
  const files = [
    file("a.sql", 100, 90, 10),
    file("b.csv", 100, 90, 9),
    file("c.xlsx", 100, 0, 0),
    file("d.pdf", 0, 0, 0, ["a PDF"]),
  ];
  expect(sharesOf(files)).toEqual({ known: 2, open: 1, apart: ["b.csv"] });
});
