import { Checkbox, Select } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import type { Reject, RejectGroup, RejectQuery } from "../ipc/bindings";
import { call } from "../ipc/client";
import { useAnswer, useProject, useRunning } from "../ipc/queries";
import { Empty, Failure } from "../parts/Bits";
import { count, fileName } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { usePaged } from "../parts/grid/paged";
import { NOTHING, type Selection } from "../parts/grid/selection";
import { JobProgress } from "../parts/JobProgress";
import { MiddleCut } from "../parts/MiddleCut";
import { ShownValue } from "../parts/ShownValue";
import { shownText } from "../parts/shown";
import { REJECTS } from "../words";
import { RejectDetails } from "./RejectDetails";
import { RejectTools } from "./RejectTools";

const PAGE = 200;
/** More than a person selects from by hand; the rest is filtered for. */
const MOST_SELECTABLE = 100_000;

const COLUMNS: GridColumn<Reject>[] = [
  {
    id: "id",
    header: "No.",
    width: 64,
    numeric: true,
    value: (reject) => reject.id,
    cell: (reject) => count(reject.id),
  },
  {
    id: "file",
    header: "File",
    width: 140,
    value: (reject) => reject.file,
    cell: (reject) => <MiddleCut text={fileName(reject.file)} />,
  },
  {
    id: "table",
    header: "Table",
    width: 120,
    value: (reject) => reject.table,
    cell: (reject) => reject.table ?? <span className="faint">–</span>,
  },
  {
    id: "line",
    header: "Line",
    width: 76,
    numeric: true,
    value: (reject) => reject.line,
    cell: (reject) => count(reject.line),
  },
  {
    id: "reason",
    header: "Reason",
    width: 260,
    grow: 2,
    value: (reject) => reject.reason,
    cell: (reject) => <span title={reject.reason}>{reject.reason}</span>,
  },
  { id: "state", header: "Now", width: 130, cell: (reject) => <State reject={reject} /> },
  {
    id: "raw",
    header: REJECTS.originalMasked,
    width: 220,
    grow: 1,
    text: (reject) => shownText(reject.raw),
    cell: (reject) => <ShownValue value={reject.raw} />,
  },
];

function State({ reject }: { reject: Reject }) {
  if (reject.corrected_at) return <span className="done">✓ corrected</span>;
  if (reject.tried_again) return <span title={reject.tried_again}>tried again</span>;
  return <span className="faint">{reject.retriable ? "rejected" : "file to be mended"}</span>;
}

/** Rows that could not be loaded, each with its place and reason. They are kept, and can be corrected and read again. */
export function Rejects() {
  const snapshot = useProject()?.snapshot;
  const running = useRunning("retry");
  const [group, setGroup] = useState<RejectGroup | null>(null);
  const [open, setOpen] = useState(false);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const query = useMemo(() => queryOf(group, open), [group, open]);
  // The reasons of the whole snapshot, to choose from.
  const groups = useAnswer("rejects", ALL, { keep: true }).data?.groups ?? [];
  const ask = useCallback(
    async (offset: number) => {
      const page = await call("rejects", { ...query, offset, limit: PAGE });
      return { total: page.total, rows: page.rejects };
    },
    [query],
  );
  const { total, row, onSpan, error } = usePaged<Reject>(["rejects", snapshot, query], PAGE, ask);
  const keys = useMemo(
    () => Array.from({ length: Math.min(total ?? 0, MOST_SELECTABLE) }, (_, at) => `${at}`),
    [total],
  );
  if (error) return <Failure what="The rejects were not read" error={error} />;
  const chosen = selection.active === null ? undefined : row(Number(selection.active));
  return (
    <>
      <div className="reject-tools">
        <Select
          size="xs"
          w="24rem"
          clearable
          searchable
          aria-label="Only this reason"
          placeholder="All files, tables and reasons"
          data-testid="reject-reason"
          value={group === null ? null : nameOf(group)}
          data={groups.map((one) => ({ value: nameOf(one), label: labelOf(one) }))}
          onChange={(name) => {
            setSelection(NOTHING);
            setGroup(groups.find((one) => nameOf(one) === name) ?? null);
          }}
        />
        <Checkbox
          size="xs"
          label={REJECTS.uncorrectedOnly}
          checked={open}
          onChange={(event) => {
            setSelection(NOTHING);
            setOpen(event.currentTarget.checked);
          }}
        />
        <span className="grow" />
        <RejectTools query={query} groups={groups} total={total ?? 0} />
      </div>
      {running && (
        <div className="load-card">
          <JobProgress job={running} />
        </div>
      )}
      <Grid<Reject>
        label="Rejected rows"
        testId="rejects-grid"
        name="rejects"
        rowsOf={async (places) => {
          const { rejects } = await call("rejects", { ...query, offset: 0, limit: MOST_SELECTABLE });
          return places.flatMap((at) => rejects[Number(at)] ?? []);
        }}
        columns={COLUMNS}
        count={total ?? 0}
        row={row}
        onSpan={onSpan}
        keys={keys}
        selection={selection}
        onSelection={setSelection}
        empty={total === 0 && <Empty icon="done" title="Nothing was rejected" />}
      />
      {chosen && <RejectDetails key={chosen.id} reject={chosen} />}
    </>
  );
}

const ALL: RejectQuery = { file: null, table: null, reason: "", open: false, ids: [], offset: 0, limit: 1 };

function queryOf(group: RejectGroup | null, open: boolean): RejectQuery {
  return {
    ...ALL,
    open,
    file: group?.file ?? null,
    table: group?.table ?? null,
    reason: group?.reason ?? "",
    limit: 0,
  };
}

function nameOf({ file, table, reason }: RejectGroup): string {
  return JSON.stringify([file, table, reason]);
}

function labelOf({ file, table, reason, count: n }: RejectGroup): string {
  return `${count(n)} × ${table ?? fileName(file)}: ${reason}`;
}
