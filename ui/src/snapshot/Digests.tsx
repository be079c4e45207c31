import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TableDigest } from "../ipc/bindings";
import { call } from "../ipc/client";
import { Empty, Failure, Waiting } from "../parts/Bits";
import { count, counted } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { tell, tellError } from "../parts/notices";

const COLUMNS: GridColumn<TableDigest>[] = [
  { id: "table", header: "Table", width: 200, grow: 1, cell: (one) => one.table },
  { id: "database", header: "Database", width: 120, cell: (one) => one.database ?? <span className="faint">–</span> },
  { id: "rows", header: "Rows", width: 100, numeric: true, cell: (one) => count(one.rows) },
  { id: "columns", header: "Columns", width: 80, numeric: true, cell: (one) => count(one.columns) },
  {
    id: "digest",
    header: "Digest",
    width: 220,
    numeric: true,
    cell: (one) => <span className="mono selectable">{one.digest}</span>,
  },
  {
    id: "comparable",
    header: "Comparable with the server",
    width: 200,
    grow: 1,
    cell: (one) =>
      one.comparable ? <span className="done">✓</span> : <span title={one.reason ?? ""}>{one.reason ?? "no"}</span>,
  },
];

/** Rows, columns and digest of every table, to be compared with what the legacy server answers to the same question. */
export function Digests({ snapshot }: { snapshot: string | null }) {
  const [asked, setAsked] = useState(false);
  const digests = useQuery({
    queryKey: ["checksum", snapshot],
    queryFn: () => call("checksum", null),
    enabled: asked,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const { data, error } = digests;
  return (
    <>
      <div className="rows-head">
        <span className="faint">
          {data
            ? `${counted(data.length, "table")} added up as staged.`
            : "Proves that what was staged is what the legacy server holds."}{" "}
          The same figures come from one SQL statement a table on MySQL or MariaDB.
        </span>
        <CopySql />
      </div>
      {error && <Failure what="The digests were not made" error={error} retry={() => digests.refetch()} />}
      {!data && !error && digests.isFetching && <Waiting what="Adding up every row of every table…" />}
      {!data && !error && !digests.isFetching && (
        <Empty
          icon="verify"
          title="No digests yet"
          action={
            <Button data-testid="make-digests" onClick={() => setAsked(true)}>
              Add up all tables
            </Button>
          }
        >
          Every row of the snapshot is read for them once.
        </Empty>
      )}
      {data && (
        <Grid<TableDigest>
          label="Digests of tables"
          testId="digests-grid"
          columns={COLUMNS}
          count={data.length}
          row={(at) => data[at]}
        />
      )}
    </>
  );
}

function CopySql() {
  const [busy, setBusy] = useState(false);
  const copy = async () => {
    setBusy(true);
    try {
      await navigator.clipboard.writeText(await call("checksum_sql", null));
      tell({ title: "Copied", text: "Run the statements on the legacy server; they only read.", tone: "done" });
    } catch (error) {
      tellError("The statements were not copied", error as Error);
    }
    setBusy(false);
  };
  return (
    <Button size="compact-sm" variant="default" loading={busy} onClick={copy}>
      Copy the SQL
    </Button>
  );
}
