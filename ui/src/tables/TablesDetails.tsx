// What is decided about the chosen tables: one table with all its facts, or many at once.

import { Button } from "@mantine/core";
import { useMemo } from "react";
import type { TableFacts, TableKey } from "../ipc/bindings";
import { useAnswer } from "../ipc/queries";
import { Histogram } from "../parts/analysis/Histogram";
import { yearBars } from "../parts/analysis/years";
import { Facts, Failure, FilledBar } from "../parts/Bits";
import { Details, Section } from "../parts/Details";
import { DispositionChoice } from "../parts/Disposition";
import { apart, bytes, count, counted, moment } from "../parts/format";
import { KeptField } from "../parts/KeptField";
import { go } from "../parts/where";
import { TABLES } from "../words";
import { agreed, tally } from "./agreed";
import { useInventory } from "./inventory";
import { FRESH, queryOf } from "./listing";
import { MixedDispositions } from "./MixedDispositions";
import { ModuleField } from "./ModuleField";
import { Relationships } from "./Relationships";
import { useDecide } from "./useDecide";

export function TablesDetails({ tables }: { tables: TableKey[] }) {
  const [first] = tables;
  if (first === undefined) return null;
  return tables.length === 1 ? (
    <OneTable table={first} />
  ) : (
    <ManyTables key={`${first} ${tables.at(-1)} ${tables.length}`} tables={tables} />
  );
}

function OneTable({ table }: { table: TableKey }) {
  const { data, error } = useAnswer("table", { table }, { keep: true });
  if (error) {
    return (
      <Details title="Table">
        <Failure what="The table was not read" error={error} />
      </Details>
    );
  }
  // The panel comes at once: what stands beside it must not move a moment later, between the clicks of a double-click.
  if (!data) return <Details title={apart(table)[1]}>{null}</Details>;
  return (
    <Details title={data.facts.table}>
      <Button
        size="xs"
        variant="default"
        data-testid="table-open"
        onClick={() => go({ place: "tables", table: data.facts.key })}
      >
        Open columns and sample rows
      </Button>
      <Decision facts={data.facts} />
      <AtAGlance table={data.facts.key} />
      <Relationships table={data.facts.key} />
      <TableUsage facts={data.facts} />
    </Details>
  );
}

/** What the table is, when it was used and whom it is about. */
export function AtAGlance({ table }: { table: TableKey }) {
  const { rows, newest } = useInventory();
  const row = rows.get(table);
  const bars = useMemo(() => yearBars(row?.years ?? [], newest), [row, newest]);
  if (!row) return null;
  return (
    <Section title={TABLES.atAGlance}>
      {bars.length > 0 && <Histogram label={TABLES.byYear} bars={bars} />}
      <Facts
        of={[
          [TABLES.role, <span key="role">{`${row.role_label}: ${row.role_why}`}</span>],
          [TABLES.lastUsed, row.last_year === null ? null : `${row.last_year}, by ${row.dated_by}`],
          [TABLES.personData, row.person?.words ?? TABLES.noPerson],
          [TABLES.people, row.person?.people == null ? null : count(row.person.people)],
          [TABLES.repeats, row.repeats && row.repeats.rows > 0 ? counted(row.repeats.rows, "row") : null],
          [TABLES.issues, row.issues > 0 ? count(row.issues) : null],
        ]}
      />
    </Section>
  );
}

/** Disposition, reason, module and comment of one table, to be edited in place. */
export function Decision({ facts }: { facts: TableFacts }) {
  const decide = useDecide();
  const tables = [facts.key];
  return (
    <Section title="Decision">
      <div className="stack">
        <DispositionChoice
          label={`What becomes of ${facts.table}`}
          value={facts.disposition}
          onChange={(disposition) => decide({ tables, disposition })}
          showKeys
        />
        <KeptField
          label="Reason"
          lines={1}
          value={facts.reason}
          placeholder="Why, in a few words"
          testId="reason"
          onKeep={(reason) => decide({ tables, reason })}
        />
        <ModuleField value={facts.module} onKeep={(module) => decide({ tables, module })} />
        <KeptField label="Comment" lines={2} value={facts.comment} onKeep={(comment) => decide({ tables, comment })} />
        {facts.who !== "" && (
          <span className="faint">
            Decided by {facts.who}, {moment(facts.when)}
          </span>
        )}
      </div>
    </Section>
  );
}

export function TableUsage({ facts }: { facts: TableFacts }) {
  return (
    <>
      <Section title="Usage">
        <FilledBar value={facts.filled_percent} />
        <Facts
          of={[
            ["Rows", count(facts.rows)],
            ["Rejected", facts.rejected > 0 ? count(facts.rejected) : null],
            ["Columns", `${count(facts.columns)}, ${count(facts.empty_columns)} empty`],
            ["Not in the dump", facts.absent_columns > 0 ? counted(facts.absent_columns, "column") : null],
            ["Mapped", `${counted(facts.columns_mapped, "column")}`],
            [TABLES.decidedSeparately, counted(facts.columns_decided, "column")],
            ["Size", bytes(facts.bytes)],
            ["Database", facts.database],
            ["File", facts.file],
            ["Source comment", facts.source_comment],
          ]}
        />
      </Section>
      {facts.keys.length > 0 && (
        <Section title="Keys">
          <ul className="table-keys">
            {facts.keys.map((key, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: keys may lack a name and never move.
              <li key={at}>
                <span className="faint">{key.kind}</span>{" "}
                <span className="mono">
                  {key.columns.join(", ")}
                  {key.references_table !== null && ` → ${key.references_table}(${key.references_columns.join(", ")})`}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

/** Many tables at once: what they have in common, and only what is set here changes. */
function ManyTables({ tables }: { tables: TableKey[] }) {
  const decide = useDecide();
  const all = useAnswer("tables", queryOf(FRESH, 0, 0), { keep: true }).data?.rows;
  const chosen = useMemo(() => {
    const wanted = new Set(tables);
    return (all ?? []).filter(({ key }) => wanted.has(key));
  }, [all, tables]);
  const disposition = agreed(chosen, (table) => table.disposition);
  const [reason, module, comment] = [
    agreed(chosen, (table) => table.reason),
    agreed(chosen, (table) => table.module),
    agreed(chosen, (table) => table.comment),
  ];
  return (
    <Details title={counted(tables.length, "table")}>
      <p className="faint">What you set here is set for all of them. The rest stays as it is.</p>
      <div className="stack">
        <DispositionChoice
          label={`What becomes of ${counted(tables.length, "table")}`}
          value={disposition ?? null}
          onChange={(to) => decide({ tables, disposition: to })}
          showKeys
        />
        {disposition === undefined && chosen.length > 0 && (
          <MixedDispositions of={tally(chosen, (table) => table.disposition)} />
        )}
        <KeptField
          label="Reason for all"
          lines={1}
          value={reason ?? ""}
          placeholder={reason === undefined ? TABLES.mixed : "Why, in a few words"}
          testId="reason"
          onKeep={(text) => decide({ tables, reason: text })}
        />
        <ModuleField
          value={module ?? null}
          placeholder={module === undefined ? TABLES.mixed : undefined}
          onKeep={(name) => decide({ tables, module: name })}
        />
        <KeptField
          label="Comment for all"
          lines={2}
          value={comment ?? ""}
          placeholder={comment === undefined ? TABLES.mixed : undefined}
          onKeep={(text) => decide({ tables, comment: text })}
        />
      </div>
    </Details>
  );
}
