import type { ColumnFacts, TableFacts } from "../ipc/bindings";
import { useAct } from "../ipc/queries";
import { ColumnAnalysis } from "../parts/analysis/ColumnAnalysis";
import { ColumnProfile } from "../parts/ColumnProfile";
import { Details, Section } from "../parts/Details";
import { DispositionChoice } from "../parts/Disposition";
import { counted } from "../parts/format";
import { KeptField } from "../parts/KeptField";
import { tellError } from "../parts/notices";
import { go } from "../parts/where";
import { TABLES } from "../words";
import { agreed, tally } from "./agreed";
import { MixedDispositions } from "./MixedDispositions";
import { ModuleField } from "./ModuleField";
import { Relationships } from "./Relationships";
import { AtAGlance, Decision, TableUsage } from "./TablesDetails";
import { useDecideColumns } from "./useDecide";

type Props = { table: TableFacts; chosen: ColumnFacts[] };

/** The chosen column; many at once; or, with none chosen, their table. */
export function ColumnDetails({ table, chosen }: Props) {
  const [first] = chosen;
  if (first === undefined) {
    return (
      <Details title={table.table}>
        <Decision facts={table} />
        <AtAGlance table={table.key} />
        <Relationships table={table.key} />
        <TableUsage facts={table} />
      </Details>
    );
  }
  if (chosen.length > 1) return <ManyColumns chosen={chosen} />;
  return (
    <Details title={<span className="mono-name">{first.column}</span>}>
      <ColumnDecision column={first} />
      <MappedTo column={first} />
      <ColumnProfile column={first}>
        <ColumnAnalysis key={first.key} table={table.key} column={first} />
      </ColumnProfile>
    </Details>
  );
}

function ColumnDecision({ column }: { column: ColumnFacts }) {
  const decide = useDecideColumns();
  const keep = useDescribe(column);
  const columns = [column.key];
  return (
    <Section title="Decision">
      <div className="stack">
        <DispositionChoice
          label={`What becomes of ${column.column}`}
          value={column.own ? column.disposition : "undecided"}
          onChange={(disposition) => decide({ columns, disposition })}
          undecidedLabel="As its table"
          showKeys
        />
        <KeptField
          label="Reason"
          lines={1}
          value={column.reason}
          placeholder="Why, in a few words"
          testId="reason"
          onKeep={(reason) => decide({ columns, reason })}
        />
        <KeptField
          label="Description"
          value={column.description}
          placeholder="What it means"
          onKeep={(description) => keep({ description })}
        />
        <ModuleField value={column.module} placeholder="As its table" onKeep={(module) => keep({ module })} />
        <KeptField label="Comment" lines={2} value={column.comment} onKeep={(comment) => keep({ comment })} />
      </div>
    </Section>
  );
}

function useDescribe(column: ColumnFacts) {
  const describe = useAct("describe_column");
  return (part: { description?: string; comment?: string; module?: string }) =>
    describe.mutate(
      { column: column.key, description: null, comment: null, module: null, ...part },
      { onError: (error) => tellError("The column was not changed", error) },
    );
}

function MappedTo({ column }: { column: ColumnFacts }) {
  if (column.mappings.length === 0) return null;
  return (
    <Section title="Mapped to">
      <ul className="mapped-to">
        {column.mappings.map((mapping) => (
          <li key={mapping.id}>
            <button
              type="button"
              className="link"
              onClick={() =>
                go({
                  place: "map",
                  table: column.key.slice(0, column.key.lastIndexOf("/")),
                  interface: mapping.interface,
                })
              }
            >
              {mapping.field}
            </button>{" "}
            <span className="faint">
              {mapping.interface} · {mapping.status}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ManyColumns({ chosen }: { chosen: ColumnFacts[] }) {
  const decide = useDecideColumns();
  const columns = chosen.map((column) => column.key);
  const own = (column: ColumnFacts) => (column.own ? column.disposition : "undecided");
  const disposition = agreed(chosen, own);
  const reason = agreed(chosen, (column) => column.reason);
  return (
    <Details title={counted(chosen.length, "column")}>
      <p className="faint">What you set here is set for all of them.</p>
      <div className="stack">
        <DispositionChoice
          label={`What becomes of ${counted(chosen.length, "column")}`}
          value={disposition ?? null}
          onChange={(to) => decide({ columns, disposition: to })}
          undecidedLabel="As its table"
          showKeys
        />
        {disposition === undefined && <MixedDispositions of={tally(chosen, own)} />}
        <KeptField
          label="Reason for all"
          lines={1}
          value={reason ?? ""}
          placeholder={reason === undefined ? TABLES.mixed : "Why, in a few words"}
          testId="reason"
          onKeep={(text) => decide({ columns, reason: text })}
        />
      </div>
    </Details>
  );
}
