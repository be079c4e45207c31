// What a table points at and what points at it: declared, or found by names and values; a person confirms or rejects it.

import { Button } from "@mantine/core";
import { useState } from "react";
import type { Judgement, Relation, RelationEnd, TableKey } from "../ipc/bindings";
import { useAct } from "../ipc/queries";
import { Failure } from "../parts/Bits";
import { Section } from "../parts/Details";
import { count, counted } from "../parts/format";
import { JobProgress } from "../parts/JobProgress";
import { tellError } from "../parts/notices";
import { go, useSpot } from "../parts/where";
import { TABLES } from "../words";
import { DIAGRAM_PART, diagramOf } from "./diagram/view";
import { coverageOf, endName, keysOf, relationKey } from "./relations";
import { askForRelationships, useRelationships } from "./useRelationships";

export function Relationships({ table }: { table: TableKey }) {
  const { asked, data, error, refetch, job } = useRelationships();
  const spot = useSpot();
  const isDrawn = spot.part === DIAGRAM_PART && spot.table === table;
  return (
    <Section title={TABLES.relationships}>
      <div className="row relations-head">
        {!asked && (
          <Button size="xs" variant="default" data-testid="find-relationships" onClick={askForRelationships}>
            {TABLES.findRelationships}
          </Button>
        )}
        {!isDrawn && (
          <Button size="xs" variant="default" data-testid="open-diagram" onClick={() => go(diagramOf(table))}>
            {TABLES.diagram}
          </Button>
        )}
      </div>
      {asked && !data && job && <JobProgress job={job} />}
      {error && <Failure what={TABLES.relationshipsNotFound} error={error} retry={() => refetch()} />}
      {data && <Lists key={table} table={table} relations={data.relations} />}
    </Section>
  );
}

/** Half a database may point at one table; the diagram's list finds one of them by its name. */
const AT_ONCE = 30;

function Lists({ table, relations }: { table: TableKey; relations: Relation[] }) {
  const [all, setAll] = useState(false);
  const out = relations.filter(({ from }) => from.key === table);
  const into = relations.filter(({ from, to }) => to.key === table && from.key !== table);
  if (out.length + into.length === 0) return <p className="faint">{TABLES.noRelationships}</p>;
  return (
    <>
      <ul className="relations" data-testid="relations">
        {out.map((relation) => (
          <OneRelationship
            key={relationKey(relation)}
            of={relation}
            other={relation.to}
            name={relation.from.columns.join(", ")}
          />
        ))}
      </ul>
      {into.length > 0 && (
        <>
          <p className="faint">{TABLES.pointedAt}</p>
          <ul className="relations">
            {(all ? into : into.slice(0, AT_ONCE)).map((relation) => (
              <OneRelationship key={relationKey(relation)} of={relation} other={relation.from} />
            ))}
          </ul>
          {into.length > AT_ONCE && !all && (
            <button type="button" className="link" onClick={() => setAll(true)}>
              {TABLES.showAll} {count(into.length)}
            </button>
          )}
        </>
      )}
    </>
  );
}

/** `name`: of the column here; what points here needs none. */
export function OneRelationship({ of, other, name }: { of: Relation; other: RelationEnd; name?: string }) {
  const why = of.evidence.map(({ text }) => text).join("; ");
  return (
    <li data-state={of.state}>
      <span className="relation-line" title={why}>
        {name !== undefined && <span className="mono">{name} → </span>}
        <button type="button" className="link mono" onClick={() => go({ place: "tables", table: other.key })}>
          {endName(other)}
        </button>
      </span>
      <span className="faint num">
        {of.kind === "inferred" && of.state === "proposed"
          ? `${Math.round(of.confidence * 100)} % sure`
          : of.state === "proposed"
            ? of.kind
            : of.state}
        {coverageOf(of)}
        {of.orphans > 0 && ` · ${counted(of.orphans, "orphan")}`}
      </span>
      {of.alternatives.length > 0 && (
        <span className="faint">
          {TABLES.orElse} {of.alternatives.map(({ to }) => endName(to)).join(", ")}
        </span>
      )}
      {of.kind !== "declared" && <Judge of={of} />}
    </li>
  );
}

function Judge({ of }: { of: Relation }) {
  const judge = useAct("judge_relationship");
  const say = (judgement: Judgement | null) =>
    judge.mutate(
      { child: keysOf(of.from), parent: keysOf(of.to), judgement },
      { onError: (error) => tellError("The relationship was not changed", error) },
    );
  const button = (judgement: Judgement, label: string) => (
    <Button
      size="compact-xs"
      variant={of.state === judgement ? "light" : "default"}
      aria-pressed={of.state === judgement}
      onClick={() => say(of.state === judgement ? null : judgement)}
    >
      {label}
    </Button>
  );
  return (
    <span className="row">
      {button("confirmed", TABLES.confirm)}
      {button("rejected", TABLES.reject)}
    </span>
  );
}
