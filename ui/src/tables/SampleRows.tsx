import { useCallback, useMemo } from "react";
import type { Shown, TableDetail } from "../ipc/bindings";
import { call } from "../ipc/client";
import { Empty, Failure } from "../parts/Bits";
import { count } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { usePaged } from "../parts/grid/paged";
import { MaskButton } from "../parts/MaskButton";
import { ShownValue } from "../parts/ShownValue";
import { ColumnDetails } from "./ColumnDetails";

const PAGE = 100;

type Row = { cells: Shown[]; at: number };

/** Rows as staged, masked until a person says otherwise. */
export function SampleRows({ detail }: { detail: TableDetail }) {
  const { facts, unmasked } = detail;
  const table = facts.key;
  const ask = useCallback(
    async (offset: number) => {
      const page = await call("cells", { table, offset, limit: PAGE });
      return { total: page.total, rows: page.rows.map((cells, at): Row => ({ cells, at: offset + at + 1 })) };
    },
    [table],
  );
  const { total, row, onSpan, error } = usePaged<Row>(["cells", table, unmasked], PAGE, ask);
  const columns = useMemo(() => columnsOf(detail), [detail]);
  return (
    <>
      <div className="rows-head">
        <span className="faint">
          {unmasked
            ? "These are people's data as they are. Showing them is in the history."
            : "Letters and digits are masked; length and shape are kept."}
        </span>
        <MaskButton table={table} unmasked={unmasked} />
      </div>
      {error ? (
        <Failure what="The rows were not read" error={error} />
      ) : (
        <Grid<Row>
          label={`Rows of ${facts.table}`}
          testId="rows-grid"
          columns={columns}
          count={total ?? 0}
          row={row}
          onSpan={onSpan}
          empty={total === 0 && <Empty icon="tables" title="The table has no rows" />}
        />
      )}
      <ColumnDetails table={facts} chosen={[]} />
    </>
  );
}

function columnsOf(detail: TableDetail): GridColumn<Row>[] {
  const number: GridColumn<Row> = {
    id: "#",
    header: "",
    width: 56,
    numeric: true,
    pinned: true,
    cell: (row) => <span className="faint">{count(row.at)}</span>,
  };
  const cells = detail.columns.map(
    (column, at): GridColumn<Row> => ({
      id: column.column,
      header: column.column,
      width: widthOf(column.column, column.figures.max_length),
      cell: (row) => {
        const value = row.cells[at];
        return value && <ShownValue value={value} most={60} />;
      },
    }),
  );
  return [number, ...cells];
}

/** In pixels: wide enough for most values, never wider than a glance takes in. */
function widthOf(name: string, longest: number): number {
  return Math.max(72, Math.min(280, Math.max(name.length * 9, Math.min(longest, 34) * 8) + 24));
}
