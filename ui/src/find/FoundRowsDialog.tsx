// Rows that were found, masked until a person says otherwise.

import { Button, Modal } from "@mantine/core";
import { type ReactNode, useCallback, useMemo } from "react";
import type { ColumnKey, FoundRows, Shown, TableKey } from "../ipc/bindings";
import { call } from "../ipc/client";
import { useProject } from "../ipc/queries";
import { Failure, Waiting } from "../parts/Bits";
import { columnName, count, counted, keyName } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { usePaged } from "../parts/grid/paged";
import { MaskButton } from "../parts/MaskButton";
import { ShownValue } from "../parts/ShownValue";
import { go } from "../parts/where";
import { FIND } from "../words";

const PAGE = 100;

export type NumberedRow = { cells: Shown[]; columns: string[]; number: number; year?: number | null };

type Props = { text: string; table: TableKey; column: ColumnKey; onClose: () => void };

export function FoundRowsDialog({ text, table, column, onClose }: Props) {
  const ask = useCallback(
    async (offset: number) => numbered(await call("found_rows", { text, column, offset, limit: PAGE })),
    [text, column],
  );
  const title = (
    <>
      {FIND.rowsOf} <span className="mono-name">{keyName(table)}</span>.
      <span className="mono-name">{columnName(column)}</span>
    </>
  );
  return <RowsDialog title={title} table={table} id={["found_rows", text, column]} ask={ask} onClose={onClose} />;
}

export function numbered(found: FoundRows, years?: readonly (number | null)[]) {
  const rows = found.rows.map(
    (cells, at): NumberedRow => ({
      cells,
      columns: found.columns,
      number: found.numbers[at] ?? 0,
      year: years?.[at],
    }),
  );
  return { total: found.total, rows };
}

type DialogProps = {
  title: ReactNode;
  table: TableKey;
  /** What the rows depend on. */
  id: unknown[];
  ask: (offset: number) => Promise<{ total: number; rows: NumberedRow[] }>;
  note?: string;
  onClose: () => void;
};

export function RowsDialog({ title, table, id, ask, note, onClose }: DialogProps) {
  const unmasked = useProject()?.unmasked.includes(table) ?? false;
  const { total, row, onSpan, error } = usePaged<NumberedRow>([...id, unmasked], PAGE, ask);
  const first = row(0);
  const names = first?.columns;
  const withYears = first?.year !== undefined;
  const columns = useMemo(() => columnsOf(names ?? [], withYears), [names, withYears]);
  return (
    <Modal opened onClose={onClose} size="64rem" title={title}>
      <div className="found-rows" data-testid="found-rows">
        <div className="rows-head">
          <span className="faint num" role="status">
            {total === undefined ? "" : `${counted(total, "row")}. `}
            {note}
          </span>
          <span className="row">
            <Button size="compact-sm" variant="default" onClick={() => go({ place: "tables", table })}>
              {FIND.openTable}
            </Button>
            <MaskButton table={table} unmasked={unmasked} />
          </span>
        </div>
        {error && <Failure what={FIND.rowsNotRead} error={error} />}
        {!error && !first && <Waiting what={FIND.searching} />}
        {first && (
          <Grid<NumberedRow>
            label={FIND.rowsOf}
            testId="found-rows-grid"
            columns={columns}
            count={total ?? 0}
            row={row}
            onSpan={onSpan}
            empty={null}
          />
        )}
      </div>
    </Modal>
  );
}

export function columnsOf(names: readonly string[], withYears: boolean): GridColumn<NumberedRow>[] {
  const number: GridColumn<NumberedRow> = {
    id: "#",
    header: "",
    width: 64,
    numeric: true,
    pinned: true,
    cell: (row) => <span className="faint">{count(row.number)}</span>,
  };
  const year: GridColumn<NumberedRow> = {
    id: "year",
    header: FIND.year,
    width: 60,
    numeric: true,
    cell: (row) => row.year ?? <span className="faint">–</span>,
  };
  const cells = names.map(
    (name, at): GridColumn<NumberedRow> => ({
      id: `${at}`,
      header: name,
      width: Math.max(90, Math.min(220, name.length * 9 + 24)),
      cell: (row) => {
        const value = row.cells[at];
        return value && <ShownValue value={value} most={40} />;
      },
    }),
  );
  return [number, ...(withYears ? [year] : []), ...cells];
}
