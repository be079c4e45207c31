import { expect, test } from "vitest";
import type { Disposition, MapOverview, MapTable } from "../ipc/bindings";
import { inUseFirst, linkId, linkNamed, mappingOf, toMap } from "./links";

const table = (key: string, disposition: Disposition): MapTable => ({
  key,
  database: null,
  table: key,
  rows: 1,
  columns: 1,
  filled_percent: 100,
  disposition,
  module: null,
  columns_mapped: 0,
  present: true,
});

test("a link's name comes apart again, with spaces in the table's name", () => {
  const link = { table: "/Vital Signs", interface: "vital-signs" };
  expect(linkNamed(linkId(link))).toEqual(link);
  expect(mappingOf("m1 db/my table/a column")).toBe("m1");
});

test("to map: discrete, both, and what is linked whatever its disposition", () => {
  const overview: MapOverview = {
    tables: [table("a", "discrete"), table("b", "both"), table("c", "archive"), table("d", "undecided")],
    interfaces: [],
    links: [{ table: "c", interface: "x", mapped: 0 }],
  };
  expect(toMap(overview).map(({ key }) => key)).toEqual(["a", "b", "c"]);
});

test("interfaces in use come first and keep their order", () => {
  const named = (id: string, in_use: boolean) => ({ id, in_use });
  const list = [named("a", false), named("b", true), named("c", false), named("d", true)];
  expect(inUseFirst(list).map(({ id }) => id)).toEqual(["b", "d", "a", "c"]);
});
