import { expect, test } from "vitest";
import type { Role, TableFacts } from "../ipc/bindings";
import { NOTHING, only, ranged, type Selection, toggled } from "../parts/grid/selection";
import { graphOf } from "./diagram/graph";
import { found, relation } from "./diagram/relations.fixture";
import { familiesOf } from "./families";
import { groupsOf, headOf, isHead, linesOf, withHeads, withoutHeads } from "./grouping";

const table = (name: string, module: string | null, rows = 1) =>
  ({ key: `/${name}`, module, rows, disposition: rows > 1 ? "discrete" : "undecided" }) as TableFacts;

const TABLES = [table("a", "vitals", 10), table("b", null), table("c", "vitals"), table("d", "hearing")];

const groups = groupsOf("module", TABLES, ({ module }) => ({
  value: module ?? "",
  name: module ?? "No module",
  order: module === null ? 1 : 0,
}));
const [hearing, vitals, none] = groups.map(({ key }) => key) as [string, string, string];

test("groups by name with what is in them, and those without one last", () => {
  expect(groups.map(({ name, tables, rows, undecided }) => [name, tables.length, rows, undecided])).toEqual([
    ["hearing", 1, 1, 1],
    ["vitals", 2, 11, 1],
    ["No module", 1, 1, 1],
  ]);
  expect(isHead(hearing) && !isHead("/group: role") && !isHead("group: x/y")).toBe(true);
  expect(headOf("role", "a/b")).not.toBe(headOf("module", "a/b"));
});

test("where the list is sorted by rows, so are the groups", () => {
  const under = ({ module }: TableFacts) => ({
    value: module ?? "",
    name: module ?? "-",
    order: module === null ? 1 : 0,
  });
  const names = (largest: boolean) => groupsOf("module", TABLES, under, largest).map(({ name }) => name);
  expect(names(true)).toEqual(["vitals", "hearing", "-"]);
  expect(names(false)).toEqual(["hearing", "vitals", "-"]);
});

test("of a closed group only the head is listed", () => {
  const keys = linesOf(groups, new Set([vitals])).map((line) => ("head" in line ? line.head.key : line.table));
  expect(keys).toEqual([hearing, "/d", vitals, none, "/b"]);
});

const chosen = (selection: Selection) => [...selection.chosen].sort();

test("a head chooses its tables, closed or not, and is chosen when all of them are", () => {
  const clicked = withoutHeads(only(vitals), groups);
  expect(chosen(clicked)).toEqual(["/a", "/c"]);
  expect(clicked.active).toBe(vitals);
  expect(withHeads(clicked, groups).chosen.has(vitals)).toBe(true);
  expect(withHeads(only("/a"), groups).chosen.has(vitals)).toBe(false);
});

test("Ctrl takes one table out of a chosen group, or the whole group out of what is chosen", () => {
  const shown = withHeads(withoutHeads(only(vitals), groups), groups);
  expect(chosen(withoutHeads(toggled(shown, "/a"), groups))).toEqual(["/c"]);
  expect(chosen(withoutHeads(toggled(shown, vitals), groups))).toEqual([]);
  expect(chosen(withoutHeads(toggled(shown, none), groups))).toEqual(["/a", "/b", "/c"]);
});

test("a range over closed groups takes all that is in them", () => {
  const keys = [hearing, vitals, none, "/b"];
  const shown = withHeads(withoutHeads(only(hearing), groups), groups);
  expect(chosen(withoutHeads(ranged(shown, keys, "/b"), groups))).toEqual(["/a", "/b", "/c", "/d"]);
  expect(chosen(withoutHeads(NOTHING, groups))).toEqual([]);
});

const ROLES: Record<string, Role> = {
  "/users": "staff",
  "/visit_type": "lookup",
  "/sex": "lookup",
  "/patient": "person",
};
const ROWS: Record<string, number> = { "/visit": 100, "/vitals": 900, "/patient": 50, "/panel": 5, "/result": 7 };

function families(relations: string[], tables: string[]) {
  const graph = graphOf(
    found(
      relations.map((written) => relation(written)),
      {
        person_table: { table_key: "/patient", database: null, table: "patient", key: ["id"], rows: 9, reached_by: 2 },
      },
    ),
  );
  const known = { role: (key: string) => ROLES[key], rows: (key: string) => ROWS[key] ?? 0 };
  const told = familiesOf(graph, tables, known);
  return Object.fromEntries([...told].map(([key, of]) => [key, typeof of === "string" ? of : of.named]));
}

test("a family is what hangs together without people and lookups, named after its largest parent", () => {
  const told = families(
    [
      "visit.patient_id → patient",
      "vitals.visit_id → visit",
      "panel.patient_id → patient",
      "result.panel_id → panel",
      "visit.type_cd → visit_type",
      "allergy.patient_id → patient",
      "patient.sex_cd → sex",
      "visit.made_by → users",
      "panel.made_by → users",
    ],
    ["/visit", "/vitals", "/panel", "/result", "/visit_type", "/allergy", "/patient", "/sex", "/users", "/tmp"],
  );
  expect(told).toEqual({
    "/visit": "/visit",
    "/vitals": "/visit",
    "/panel": "/panel",
    "/result": "/panel",
    "/visit_type": "/visit",
    "/allergy": "/patient",
    "/patient": "/patient",
    "/sex": "/patient",
    "/users": "shared",
    "/tmp": "none",
  });
});

test("what points only at shared tables goes with the largest of them", () => {
  expect(families(["login.user_id → users"], ["/login", "/users"])).toEqual({ "/login": "/users", "/users": "/users" });
});
