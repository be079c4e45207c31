import type { Comparison, TableComparison, Verdict } from "../ipc/bindings";
import { count, counted } from "../parts/format";
import { Grid, type GridColumn, type Sort } from "../parts/grid/Grid";
import { useSorted } from "../parts/grid/order";
import { SNAPSHOT } from "../words";
import { tableColumns } from "./tableColumns";

const WORDS: Record<Verdict, string> = {
  equal: "equal",
  rows_differ: "the number of rows differs",
  content_differs: "the content differs",
  not_on_server: "not in the server's answer",
  not_staged: "not in the snapshot",
  not_comparable: "cannot be compared",
};

/** What differs is what a person came for. */
const ORDER: Verdict[] = ["not_on_server", "not_staged", "rows_differ", "content_differs", "not_comparable", "equal"];

const none = <span className="faint">–</span>;

const COLUMNS: GridColumn<TableComparison>[] = [
  ...tableColumns<TableComparison>(),
  {
    id: "verdict",
    header: "Staged and on the server",
    width: 220,
    grow: 1,
    sortable: true,
    value: (one) => ORDER.indexOf(one.verdict),
    cell: (one) => <Told of={one} />,
  },
  {
    id: "rows",
    header: "Rows",
    width: 96,
    numeric: true,
    sortable: true,
    value: (one) => one.rows,
    cell: (one) => (one.rows === null ? none : count(one.rows)),
  },
  {
    id: "server_rows",
    header: "On the server",
    width: 104,
    numeric: true,
    sortable: true,
    value: (one) => one.server_rows,
    cell: (one) => (one.server_rows === null ? none : count(one.server_rows)),
  },
  { id: "digest", header: SNAPSHOT.checksum, width: 170, numeric: true, cell: (one) => <Digest of={one.digest} /> },
  {
    id: "server_digest",
    header: "On the server",
    width: 170,
    numeric: true,
    cell: (one) => <Digest of={one.server_digest} />,
  },
];

function Told({ of: { verdict, reason } }: { of: TableComparison }) {
  if (verdict === "equal") return <span className="done">✓ equal</span>;
  if (verdict === "not_comparable") return <span title={reason ?? ""}>{reason ?? WORDS[verdict]}</span>;
  return <span className="problem">▲ {WORDS[verdict]}</span>;
}

function Digest({ of }: { of: string | null }) {
  return of === null ? none : <span className="mono selectable">{of}</span>;
}

const WORST_FIRST: Sort = { by: "verdict", descending: false };

/** Every table of both sides; those that differ first. */
export function Compared({ of }: { of: Comparison }) {
  const { rows: tables, ...sorting } = useSorted(of.tables, COLUMNS, WORST_FIRST);
  return (
    <Grid<TableComparison>
      label="Tables as staged and on the server"
      testId="compared-grid"
      columns={COLUMNS}
      count={tables.length}
      row={(at) => tables[at]}
      name="compared"
      {...sorting}
    />
  );
}

export function Verdicts({ of }: { of: Comparison }) {
  return (
    <span data-testid="verdicts" role="status">
      <strong>{counted(of.equal, "table")}</strong> equal,{" "}
      <strong className={of.differing > 0 ? "problem" : undefined}>{count(of.differing)}</strong> differ,{" "}
      {count(of.not_comparable)} cannot be compared
    </span>
  );
}
