// What a table points at and what points at it: declared, or found by names and values; a person confirms or rejects it.

import { Button } from "@mantine/core";
import { create } from "zustand";
import type { Judgement, Relation, RelationEnd, TableKey } from "../ipc/bindings";
import { useAct, useAnswer, useJobsSoon, useRunning } from "../ipc/queries";
import { Failure } from "../parts/Bits";
import { Section } from "../parts/Details";
import { counted } from "../parts/format";
import { JobProgress } from "../parts/JobProgress";
import { tellError } from "../parts/notices";
import { go } from "../parts/where";
import { TABLES } from "../words";
import { coverageOf, endName, keysOf } from "./relations";

/** Looking for them reads keys of the whole database, so a person asks for it once. */
const useAsked = create<{ asked: boolean }>(() => ({ asked: false }));

export function Relationships({ table }: { table: TableKey }) {
  const asked = useAsked((state) => state.asked);
  const { data, error, isFetching, refetch } = useAnswer(
    "relationships",
    { table: null },
    { enabled: asked, keep: true },
  );
  useJobsSoon(isFetching);
  const job = useRunning("relationships");
  return (
    <Section title={TABLES.relationships}>
      {!asked && (
        <Button
          size="xs"
          variant="default"
          data-testid="find-relationships"
          onClick={() => useAsked.setState({ asked: true })}
        >
          {TABLES.findRelationships}
        </Button>
      )}
      {asked && !data && job && <JobProgress job={job} />}
      {error && <Failure what={TABLES.relationshipsNotFound} error={error} retry={() => refetch()} />}
      {data && <Lists table={table} relations={data.relations} />}
    </Section>
  );
}

function Lists({ table, relations }: { table: TableKey; relations: Relation[] }) {
  const out = relations.filter(({ from }) => from.key === table);
  const into = relations.filter(({ from, to }) => to.key === table && from.key !== table);
  if (out.length + into.length === 0) return <p className="faint">{TABLES.noRelationships}</p>;
  return (
    <>
      <ul className="relations" data-testid="relations">
        {out.map((relation) => (
          <One key={keyOf(relation)} of={relation} other={relation.to} name={relation.from.columns.join(", ")} />
        ))}
      </ul>
      {into.length > 0 && (
        <>
          <p className="faint">{TABLES.pointedAt}</p>
          <ul className="relations">
            {into.map((relation) => (
              <One key={keyOf(relation)} of={relation} other={relation.from} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const keyOf = ({ from, to }: Relation) => `${from.key} ${from.columns} ${to.key} ${to.columns}`;

/** `name`: of the column here; what points here needs none. */
function One({ of, other, name }: { of: Relation; other: RelationEnd; name?: string }) {
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
