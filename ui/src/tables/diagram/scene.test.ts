import { expect, test } from "vitest";
import { cardinalityOf, columnsOf, graphOf, wayToPerson } from "./graph";
import { found, relation } from "./relations.fixture";
import { type Around, MOST, sceneOf } from "./scene";

const around = (middle: string, part: Partial<Around> = {}): Around => ({
  middle,
  hops: 1,
  turned: new Map(),
  brought: new Set(),
  path: false,
  ...part,
});

const alike = () => 0;
const keys = (scene: ReturnType<typeof sceneOf>) => scene.tables.map(({ key }) => key).sort();
const more = (scene: ReturnType<typeof sceneOf>, table: string) => scene.tables.find(({ key }) => key === table)?.more;

const clinic = graphOf(
  found(
    [
      relation("visit.patient_id → patient", { orphans: 3 }),
      relation("visit.provider_id → users"),
      relation("vitals.visit_id → visit", { kind: "declared" }),
      relation("login.user_id → users"),
      relation("patient.supervisor_id → patient"),
      relation("visit.batch_id → batch", { state: "rejected" }),
    ],
    {
      person_table: { table_key: "/patient", database: null, table: "patient", key: ["id"], rows: 9, reached_by: 2 },
      paths: [
        {
          key: "/vitals",
          database: null,
          table: "vitals",
          rows: 5,
          steps: [relation("vitals.visit_id → visit"), relation("visit.patient_id → patient")],
          confidence: 1,
          text: "reaches patient by visit_id → visit.id, patient_id → patient.id",
        },
      ],
    },
  ),
);

test("what was rejected is not drawn, and a table that points at itself has no line", () => {
  const scene = sceneOf(clinic, around("/visit"), alike);
  expect(keys(scene)).toEqual(["/patient", "/users", "/visit", "/vitals"]);
  expect(scene.joins).toHaveLength(3);
  expect(clinic.itself.get("/patient")).toHaveLength(1);
});

test("a table says how many neighbours no line leads to, and shows and hides them", () => {
  const scene = sceneOf(clinic, around("/visit"), alike);
  expect(more(scene, "/users")).toBe(1);
  expect(more(scene, "/patient")).toBe(0);
  const opened = sceneOf(clinic, around("/visit", { turned: new Map([["/users", true]]) }), alike);
  expect(keys(opened)).toContain("/login");
  expect(more(opened, "/users")).toBe(0);
  const closed = sceneOf(clinic, around("/visit", { hops: 2, turned: new Map([["/users", false]]) }), alike);
  expect(keys(closed)).not.toContain("/login");
  expect(keys(sceneOf(clinic, around("/visit", { hops: 2 }), alike))).toContain("/login");
});

test("the path to the person is drawn however far it is", () => {
  const scene = sceneOf(clinic, around("/vitals", { path: true }), alike);
  expect(keys(scene)).toEqual(["/patient", "/visit", "/vitals"]);
  expect(scene.path.size).toBe(2);
  expect(keys(sceneOf(clinic, around("/vitals"), alike))).toEqual(["/visit", "/vitals"]);
  expect(wayToPerson(clinic, "/users").joins.size).toBe(0);
});

const hub = graphOf(
  found(Array.from({ length: 43 }, (_, at) => relation(`t${String(at).padStart(2, "0")}.patient_id → patient`))),
);

test("of a table that half the database points at, the heaviest are drawn and the rest are one node", () => {
  const weight = (key: string) => Number(key.slice(2));
  const scene = sceneOf(hub, around("/patient"), weight);
  expect(scene.tables).toHaveLength(1 + MOST);
  expect(scene.tables[1]?.key).toBe("/t42");
  expect(scene.groups).toMatchObject([{ of: "/patient", side: "into" }]);
  expect(scene.groups[0]?.tables).toHaveLength(43 - MOST);
  const brought = sceneOf(hub, around("/patient", { brought: new Set(["/t00"]) }), weight);
  expect(keys(brought)).toContain("/t00");
  expect(keys(brought), "nothing gives way to it").toContain("/t42");
  expect(brought.groups[0]?.tables).toHaveLength(43 - MOST - 1);
});

test("a group of one takes no room of its own", () => {
  const small = graphOf(found(Array.from({ length: MOST + 1 }, (_, at) => relation(`t${at}.patient_id → patient`))));
  expect(sceneOf(small, around("/patient"), alike).groups).toEqual([]);
});

test("two hops stay few, however many tables there are", () => {
  const parents = Array.from({ length: 20 }, (_, at) => relation(`middle.p${at} → p${at}`));
  const others = Array.from({ length: 20 }, (_, at) =>
    Array.from({ length: 100 }, (_, one) => relation(`c${at}_${one}.id → p${at}`)),
  );
  const scene = sceneOf(graphOf(found([...parents, ...others.flat()])), around("/middle", { hops: 2 }), alike);
  expect(scene.tables.length).toBeLessThan(60);
  expect(scene.groups.length).toBeGreaterThan(1);
});

test("ways that are equally well known are one line; where they differ, the wider is said", () => {
  const graph = graphOf(
    found([
      relation("visit.made_by → users", { orphans: 2 }),
      relation("visit.seen_by → users", { cardinality: "one_to_one", orphans: 1 }),
      relation("visit.closed_by → users", { cardinality: "unknown" }),
      relation("visit.owner → users", { kind: "declared" }),
    ]),
  );
  expect(graph.joins).toHaveLength(2);
  const [join] = graph.joins;
  expect(join && [cardinalityOf(join), columnsOf(join), join.orphans, join.sure]).toEqual([
    "n:1",
    "made_by, seen_by +1",
    3,
    false,
  ]);
});
