import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Checksum, TableDigest } from "../ipc/bindings";
import { call } from "../ipc/client";
import { useAct, useJobsSoon, useRunning } from "../ipc/queries";
import { Empty, Failure, Waiting } from "../parts/Bits";
import { count, counted } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { useSorted } from "../parts/grid/order";
import { JobProgress } from "../parts/JobProgress";
import { tell, tellError } from "../parts/notices";
import { SNAPSHOT } from "../words";
import { Compared, Verdicts } from "./Compared";
import { tableColumns } from "./tableColumns";

const COLUMNS: GridColumn<TableDigest>[] = [
  ...tableColumns<TableDigest>(),
  {
    id: "rows",
    header: "Rows",
    width: 100,
    numeric: true,
    sortable: true,
    value: (one) => one.rows,
    cell: (one) => count(one.rows),
  },
  {
    id: "columns",
    header: "Columns",
    width: 80,
    numeric: true,
    sortable: true,
    value: (one) => one.columns,
    cell: (one) => count(one.columns),
  },
  {
    id: "digest",
    header: SNAPSHOT.checksum,
    width: 220,
    numeric: true,
    cell: (one) => <span className="mono selectable">{one.digest}</span>,
  },
  {
    id: "comparable",
    header: "Comparable with the server",
    width: 200,
    grow: 1,
    sortable: true,
    value: (one) => (one.comparable ? "" : (one.reason ?? "no")),
    cell: (one) =>
      one.comparable ? <span className="done">✓</span> : <span title={one.reason ?? ""}>{one.reason ?? "no"}</span>,
  },
];

/** Rows, columns and digest of every table, to be compared with what the legacy server answers to the same question. */
export function Digests({ snapshot }: { snapshot: string | null }) {
  const [asked, setAsked] = useState(false);
  const compare = useAct("compare");
  const digests = useQuery({
    queryKey: ["checksum", snapshot],
    queryFn: () => call("checksum", null),
    enabled: asked,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const { data, error } = digests;
  const busy = digests.isFetching || compare.isPending;
  const running = useRunning("checksum");
  useJobsSoon(busy);
  const choose = async () => {
    const [path] = await call("choose_path", { what: "open_answer", suggested_name: null });
    if (path) compare.mutate({ path }, { onError: (why) => tellError("The answer was not compared", why) });
  };
  return (
    <>
      <div className="rows-head">
        <span className="faint">{compare.data ? <Verdicts of={compare.data} /> : <Words sums={data} />}</span>
        <div className="row">
          {compare.data && (
            <Button size="compact-sm" variant="subtle" onClick={() => compare.reset()}>
              {SNAPSHOT.checksumsOnly}
            </Button>
          )}
          <CopySql />
          <Button
            size="compact-sm"
            variant="default"
            data-testid="compare"
            loading={compare.isPending}
            onClick={choose}
          >
            Compare with the server's answer…
          </Button>
        </div>
      </div>
      {running && (
        <div className="load-card">
          <JobProgress job={running} />
        </div>
      )}
      {busy && !data && !running && <Waiting what={SNAPSHOT.calculating} />}
      {error && !busy && (
        <Failure what="The checksums were not calculated" error={error} retry={() => digests.refetch()} />
      )}
      {!data && !compare.data && !error && !busy && (
        <Empty
          icon="verify"
          title="No checksums yet"
          action={
            <Button data-testid="make-digests" onClick={() => setAsked(true)}>
              {SNAPSHOT.calculate}
            </Button>
          }
        >
          Every row of the snapshot is read for them once.
        </Empty>
      )}
      {compare.data && <Compared of={compare.data} />}
      {data && !compare.data && <Sums of={data.tables} />}
    </>
  );
}

function Sums({ of }: { of: TableDigest[] }) {
  const { rows, ...sorting } = useSorted(of, COLUMNS);
  return (
    <Grid<TableDigest>
      label="Checksums of tables"
      testId="digests-grid"
      name="checksums"
      columns={COLUMNS}
      count={rows.length}
      row={(at) => rows[at]}
      {...sorting}
    />
  );
}

function Words({ sums }: { sums: Checksum | undefined }) {
  if (!sums) {
    return (
      <>
        Proves that what was staged is what the legacy system holds. The same figures come from one SQL statement a
        table on MySQL or MariaDB.
      </>
    );
  }
  return (
    <>
      Checksums of {counted(sums.tables.length, "table")} as staged. Of the whole snapshot:{" "}
      <span className="mono selectable" title="The same for every load of the same files">
        {sums.snapshot_digest}
      </span>
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
