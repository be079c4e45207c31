// What was read = what was loaded + what was rejected, per file and per table.

import { useMemo, useState } from "react";
import type { Ledger, LedgerFile, LedgerTable, ProjectFacts } from "../ipc/bindings";
import { useAnswer } from "../ipc/queries";
import { Facts, Failure, Waiting } from "../parts/Bits";
import { Details, Section } from "../parts/Details";
import { bytes, count, counted, duration, fileName, moment } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { useSorted } from "../parts/grid/order";
import { NOTHING, type Selection } from "../parts/grid/selection";
import { MiddleCut } from "../parts/MiddleCut";
import { useRowHeight } from "../parts/prefs";
import { go } from "../parts/where";
import { SNAPSHOT } from "../words";
import { Account, Bytes, Notes, Objects, WholeAccount } from "./LedgerAccount";
import { type Sum, sumOf } from "./sum";

type FileRow = { file: LedgerFile; sum: Sum };
type TableRow = LedgerTable & { file: string };

export function LedgerView({ project }: { project: ProjectFacts }) {
  const { data, error, refetch } = useAnswer("ledger", null);
  const height = useRowHeight();
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const unsorted = useMemo(
    () => (data?.files ?? []).map((file): FileRow => ({ file, sum: sumOf(file.tables) })),
    [data],
  );
  const { rows: files, ...fileSorting } = useSorted(unsorted, FILE_COLUMNS);
  const keys = useMemo(() => files.map(({ file }) => file.file), [files]);
  const unsortedTables = useMemo(
    () =>
      unsorted
        .filter(({ file }) => selection.chosen.size === 0 || selection.chosen.has(file.file))
        .flatMap(({ file }) => file.tables.map((table): TableRow => ({ ...table, file: file.file }))),
    [unsorted, selection],
  );
  const { rows: tables, ...tableSorting } = useSorted(unsortedTables, TABLE_COLUMNS);
  if (error) return <Failure what="The ledger was not read" error={error} retry={() => refetch()} />;
  if (!data) return <Waiting what="Reading the ledger…" />;
  const whole = sumOf(files.flatMap(({ file }) => file.tables));
  const chosen = files.find(({ file }) => selection.chosen.size === 1 && selection.chosen.has(file.file));
  return (
    <>
      <p className="ledger-sum" data-testid="ledger-sum">
        <strong>{counted(whole.read, "row")}</strong> read = <strong>{count(whole.loaded)}</strong> loaded +{" "}
        <strong className={whole.rejected > 0 ? "problem" : undefined}>{count(whole.rejected)}</strong> rejected
        {data.corrected > 0 && `, ${count(data.corrected)} of them corrected`} <Balance sum={whole} />
        <Account files={data.files} />
      </p>
      <div className="ledger-files" style={{ height: `${(files.length + 1) * height + 4}px` }}>
        <Grid<FileRow>
          label="Files of the snapshot"
          testId="ledger-files"
          columns={FILE_COLUMNS}
          count={files.length}
          row={(at) => files[at]}
          keys={keys}
          selection={selection}
          onSelection={setSelection}
          name="ledger-files"
          {...fileSorting}
        />
      </div>
      <h2 className="ledger-title">
        {selection.chosen.size === 0 ? "Tables" : `Tables of ${counted(selection.chosen.size, "file")}`}{" "}
        <span className="faint num">{count(tables.length)}</span>
      </h2>
      <Grid<TableRow>
        label="Tables of the snapshot, as loaded"
        testId="ledger-tables"
        columns={TABLE_COLUMNS}
        count={tables.length}
        row={(at) => tables[at]}
        name="ledger-tables"
        {...tableSorting}
      />
      {chosen ? <FileDetails row={chosen} /> : <SnapshotDetails project={project} ledger={data} />}
    </>
  );
}

function Balance({ sum }: { sum: Sum }) {
  const lost = sum.read - sum.loaded - sum.rejected;
  if (lost === 0) return <span className="done">✓</span>;
  return <span className="problem">▲ {counted(lost, "row")} unaccounted for</span>;
}

const rejected = (n: number) =>
  n > 0 ? <span className="problem">{count(n)}</span> : <span className="faint">–</span>;

const FILE_COLUMNS: GridColumn<FileRow>[] = [
  {
    id: "file",
    header: "File",
    width: 150,
    grow: 2,
    sortable: true,
    value: ({ file }) => file.file,
    cell: ({ file }) => <MiddleCut text={fileName(file.file)} />,
  },
  {
    id: "kind",
    header: "Kind",
    width: 116,
    sortable: true,
    value: ({ file }) => file.kind,
    cell: ({ file }) => file.kind,
  },
  {
    id: "read",
    header: "Read",
    width: 104,
    numeric: true,
    sortable: true,
    value: ({ sum }) => sum.read,
    cell: ({ sum }) => count(sum.read),
  },
  {
    id: "loaded",
    header: "Loaded",
    width: 104,
    numeric: true,
    sortable: true,
    value: ({ sum }) => sum.loaded,
    cell: ({ sum }) => count(sum.loaded),
  },
  {
    id: "rejected",
    header: "Rejected",
    width: 86,
    numeric: true,
    sortable: true,
    value: ({ sum }) => sum.rejected,
    cell: ({ sum }) => rejected(sum.rejected),
  },
  {
    id: "notes",
    header: "Notes",
    width: 72,
    numeric: true,
    sortable: true,
    value: ({ file }) => file.warnings.length + file.ignored.length,
    cell: ({ file }) => {
      const notes = file.warnings.length + file.ignored.length;
      return notes > 0 ? <span className="attention">{count(notes)}</span> : <span className="faint">–</span>;
    },
  },
  {
    id: "tables",
    header: "Tables",
    width: 72,
    numeric: true,
    sortable: true,
    value: ({ file }) => file.tables.length,
    cell: ({ file }) => count(file.tables.length),
  },
  {
    id: "encoding",
    header: "Encoding",
    width: 120,
    sortable: true,
    value: ({ file }) => file.encoding,
    cell: ({ file }) => file.encoding,
  },
  {
    id: "bytes",
    header: "Size",
    width: 80,
    numeric: true,
    sortable: true,
    value: ({ file }) => file.bytes,
    cell: ({ file }) => bytes(file.bytes),
  },
];

const TABLE_COLUMNS: GridColumn<TableRow>[] = [
  {
    id: "table",
    header: "Table",
    width: 200,
    grow: 2,
    pinned: true,
    sortable: true,
    value: (table) => table.table,
    cell: (table) => (
      <button type="button" className="link" onClick={() => go({ place: "tables", table: table.key })}>
        <MiddleCut text={table.table} />
      </button>
    ),
  },
  {
    id: "read",
    header: "Read",
    width: 104,
    numeric: true,
    sortable: true,
    value: (table) => table.read,
    cell: (table) => count(table.read),
  },
  {
    id: "loaded",
    header: "Loaded",
    width: 104,
    numeric: true,
    sortable: true,
    value: (table) => table.loaded,
    cell: (table) => count(table.loaded),
  },
  {
    id: "rejected",
    header: "Rejected",
    width: 86,
    numeric: true,
    sortable: true,
    value: (table) => table.rejected,
    cell: (table) => rejected(table.rejected),
  },
  {
    id: "corrected",
    header: "Corrected",
    width: 92,
    numeric: true,
    sortable: true,
    value: (table) => table.corrected,
    cell: (table) => (table.corrected > 0 ? count(table.corrected) : <span className="faint">–</span>),
  },
  {
    id: "balance",
    header: "Adds up",
    width: 84,
    sortable: true,
    value: (table) => table.read - table.loaded - table.rejected,
    cell: (table) => <Balance sum={table} />,
  },
  {
    id: "file",
    header: "File",
    width: 160,
    grow: 1,
    sortable: true,
    value: (table) => table.file,
    cell: (table) => <MiddleCut text={fileName(table.file)} />,
  },
  {
    id: "database",
    header: "Database",
    width: 110,
    sortable: true,
    value: (table) => table.database,
    cell: (table) => table.database ?? <span className="faint">–</span>,
  },
];

function SnapshotDetails({ project, ledger }: { project: ProjectFacts; ledger: Ledger }) {
  const snapshot = project.snapshots.find((one) => one.id === project.snapshot);
  if (!snapshot) return null;
  return (
    <Details title={snapshot.label || snapshot.id}>
      <Facts
        of={[
          ["Loaded", moment(snapshot.loaded_at)],
          ["Took", duration(snapshot.seconds)],
          ["Files", count(ledger.files.length)],
          ["Tables", count(snapshot.tables)],
          ["Rows", count(snapshot.rows)],
          ["Rejected", snapshot.rejects > 0 ? count(snapshot.rejects) : "none"],
          ["Size", bytes(snapshot.bytes)],
          ["Rate", snapshot.seconds >= 1 ? `${count(snapshot.rows / snapshot.seconds)} rows/s` : null],
        ]}
      />
      <p className="faint">Select a file to see how it was read.</p>
      <WholeAccount ledger={ledger} />
    </Details>
  );
}

function FileDetails({ row: { file, sum } }: { row: FileRow }) {
  return (
    <Details title={fileName(file.file)}>
      <Facts
        of={[
          ["File", file.file],
          ["Kind", file.kind],
          ["Encoding", file.encoding],
          ["Dialect", file.dialect],
          ["Size", bytes(file.bytes)],
          ["Read", counted(sum.read, "row")],
          ["Loaded", counted(sum.loaded, "row")],
          ["Rejected", counted(sum.rejected, "row")],
          ["Took", duration(file.seconds)],
        ]}
      />
      <Bytes file={file} />
      <Notes title="Warnings" of={file.warnings} />
      <Notes title={SNAPSHOT.notLoaded} of={file.ignored} />
      <Notes
        title="Columns not read"
        of={file.tables.flatMap((table) =>
          table.not_in_dump.map(({ column, state }) => `${table.table}.${column}: ${state}`),
        )}
      />
      <Objects of={file.objects} />
      {file.statements.length > 0 && (
        <Section title={SNAPSHOT.statements}>
          <Facts of={file.statements.map(({ statement, count: n }) => [statement, count(n)])} />
        </Section>
      )}
    </Details>
  );
}
