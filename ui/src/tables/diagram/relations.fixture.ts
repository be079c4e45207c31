// Relationships for tests, as short as they can be written.

import type { Relation, RelationEnd, RelationshipFacts } from "../../ipc/bindings";

const end = (written: string): RelationEnd => {
  const [table = "", column = "id"] = written.split(".");
  return { key: `/${table}`, database: null, table, columns: [column] };
};

/** `visit.patient_id → patient.id`. */
export function relation(written: string, part: Partial<Relation> = {}): Relation {
  const [from = "", to = ""] = written.split(" → ");
  return {
    from: end(from),
    to: end(to),
    kind: "inferred",
    state: "proposed",
    confidence: 0.9,
    coverage: 1,
    rows: 10,
    orphans: 0,
    orphan_values: 0,
    zeros: 0,
    distinct: 10,
    cardinality: "many_to_one",
    examples: [],
    evidence: [],
    alternatives: [],
    who: "",
    when: "",
    ...part,
  };
}

export function found(relations: Relation[], part: Partial<RelationshipFacts> = {}): RelationshipFacts {
  return { relations, person_table: null, paths: [], without_path: [], ...part };
}
