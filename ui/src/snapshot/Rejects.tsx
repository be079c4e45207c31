import { useCallback } from "react";
import type { Reject } from "../ipc/bindings";
import { call } from "../ipc/client";
import { useProject } from "../ipc/queries";
import { Empty, Failure } from "../parts/Bits";
import { count, fileName } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { usePaged } from "../parts/grid/paged";
import { MiddleCut } from "../parts/MiddleCut";
import { ShownValue } from "../parts/ShownValue";

const PAGE = 200;

const COLUMNS: GridColumn<Reject>[] = [
  {
    id: "file",
    header: "File",
    width: 140,
    cell: (reject) => <MiddleCut text={fileName(reject.file)} />,
  },
  { id: "table", header: "Table", width: 120, cell: (reject) => reject.table ?? <span className="faint">–</span> },
  { id: "record", header: "Record", width: 76, numeric: true, cell: (reject) => count(reject.record) },
  { id: "line", header: "Line", width: 76, numeric: true, cell: (reject) => count(reject.line) },
  { id: "byte", header: "Byte", width: 96, numeric: true, cell: (reject) => count(reject.byte) },
  {
    id: "reason",
    header: "Reason",
    width: 240,
    grow: 1,
    cell: (reject) => <span title={reject.reason}>{reject.reason}</span>,
  },
  {
    id: "raw",
    header: "As it stood, masked",
    width: 260,
    grow: 1,
    cell: (reject) => <ShownValue value={reject.raw} />,
  },
];

/** Rows that could not be loaded, each with its place and reason. They are kept. */
export function Rejects() {
  const snapshot = useProject()?.snapshot;
  const ask = useCallback(async (offset: number) => {
    const page = await call("rejects", { offset, limit: PAGE });
    return { total: page.total, rows: page.rejects };
  }, []);
  const { total, row, onSpan, error } = usePaged<Reject>(["rejects", snapshot], PAGE, ask);
  if (error) return <Failure what="The rejects were not read" error={error} />;
  return (
    <Grid<Reject>
      label="Rejected rows"
      testId="rejects-grid"
      columns={COLUMNS}
      count={total ?? 0}
      row={row}
      onSpan={onSpan}
      empty={total === 0 && <Empty icon="done" title="Nothing was rejected" />}
    />
  );
}
