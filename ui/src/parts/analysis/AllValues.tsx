// Every value of a column with its rows, and the rows of one.

import { Modal, SegmentedControl } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import type { CellPage, ColumnFacts, Shown, TableKey, TopValue, ValueOrder } from "../../ipc/bindings";
import { call } from "../../ipc/client";
import { useAnswer } from "../../ipc/queries";
import { ANALYSIS } from "../../words";
import { Empty, Failure, Waiting } from "../Bits";
import { count, counted } from "../format";
import { Grid, type GridColumn } from "../grid/Grid";
import { usePaged } from "../grid/paged";
import { NOTHING, type Selection } from "../grid/selection";
import { Icon } from "../icons";
import { ShownValue } from "../ShownValue";
import "./analysis.css";

const PAGE = 200;
const ROWS = 200;

type Props = { table: TableKey; column: ColumnFacts; onClose: () => void };

export function AllValues({ table, column, onClose }: Props) {
  const [order, setOrder] = useState<ValueOrder>("most_rows");
  const [place, setPlace] = useState<number | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      size="54rem"
      title={
        <>
          {ANALYSIS.valuesOf} <span className="mono-name">{column.column}</span>
        </>
      }
    >
      <div className="all-values" data-testid="values-dialog">
        {place === null ? (
          <>
            <SegmentedControl<ValueOrder>
              size="xs"
              aria-label={ANALYSIS.order}
              value={order}
              onChange={setOrder}
              data={[
                { value: "most_rows", label: ANALYSIS.mostRows },
                { value: "fewest_rows", label: ANALYSIS.fewestRows },
              ]}
            />
            <List key={order} table={table} column={column} order={order} onOpen={setPlace} />
          </>
        ) : (
          <>
            <div>
              <button type="button" className="back" onClick={() => setPlace(null)}>
                <Icon name="collapse" size={14} /> {ANALYSIS.backToValues}
              </button>
            </div>
            <RowsOf column={column} order={order} place={place} />
          </>
        )}
      </div>
    </Modal>
  );
}

type ListProps = { table: TableKey; column: ColumnFacts; order: ValueOrder; onOpen: (place: number) => void };
type Line = TopValue & { at: number };

function List({ table, column, order, onOpen }: ListProps) {
  const ask = useCallback(
    async (offset: number) => {
      const page = await call("values", { table, column: column.key, order, text: "", offset, limit: PAGE });
      return { total: page.total, rows: page.values.map((value, at): Line => ({ ...value, at: offset + at })) };
    },
    [table, column.key, order],
  );
  const { total, row, onSpan, error } = usePaged<Line>(["values", { table, column: column.key, order }], PAGE, ask);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const keys = useMemo(() => Array.from({ length: total ?? 0 }, (_, at) => String(at)), [total]);
  const columns = useMemo((): GridColumn<Line>[] => lineColumns(column.figures.rows), [column.figures.rows]);
  if (error) return <Failure what={ANALYSIS.valuesNotRead} error={error} />;
  if (total === undefined) return <Waiting what={ANALYSIS.countingValues} />;
  return (
    <>
      <p className="faint num" role="status">
        {counted(total, "value")}. {ANALYSIS.openRows}
      </p>
      <Grid<Line>
        label={ANALYSIS.valuesOf}
        testId="values-grid"
        columns={columns}
        count={total}
        row={row}
        keys={keys}
        selection={selection}
        onSelection={setSelection}
        onOpen={(at) => onOpen(Number(at))}
        onSpan={onSpan}
        empty={total === 0 && <Empty icon="search" title={ANALYSIS.noValues} />}
      />
    </>
  );
}

const lineColumns = (rows: number): GridColumn<Line>[] => [
  {
    id: "place",
    header: "#",
    width: 64,
    numeric: true,
    cell: ({ at }) => <span className="faint">{count(at + 1)}</span>,
  },
  {
    id: "value",
    header: ANALYSIS.value,
    width: 320,
    grow: 3,
    text: ({ value }) => value.text,
    cell: ({ value }) => <ShownValue value={value} most={80} />,
  },
  {
    id: "rows",
    header: "Rows",
    width: 96,
    numeric: true,
    text: (line) => String(line.count),
    cell: (line) => count(line.count),
  },
  {
    id: "percent",
    header: "%",
    width: 72,
    numeric: true,
    text: (line) => part(line.count, rows),
    cell: (line) => part(line.count, rows),
  },
];

const part = (some: number, all: number) => (all === 0 ? "" : ((some * 100) / all).toFixed(1));

function RowsOf({ column, order, place }: { column: ColumnFacts; order: ValueOrder; place: number }) {
  const { data, error } = useAnswer("rows_of_value", { column: column.key, order, place, offset: 0, limit: ROWS });
  const columns = useMemo(() => (data ? cellColumns(data) : []), [data]);
  const rows = useMemo(() => data?.rows.map((cells) => ({ cells })) ?? [], [data]);
  if (error) return <Failure what={ANALYSIS.rowsNotRead} error={error} />;
  if (!data) return <Waiting what={ANALYSIS.findingRows} />;
  return (
    <>
      <p className="faint num" role="status">
        {counted(data.total, "row")}
        {data.total > rows.length && `, the first ${count(rows.length)}`}
      </p>
      <Grid<{ cells: Shown[] }>
        label={ANALYSIS.rowsOfValue}
        testId="value-rows-grid"
        columns={columns}
        count={rows.length}
        row={(at) => rows[at]}
        empty={null}
      />
    </>
  );
}

function cellColumns(page: CellPage): GridColumn<{ cells: Shown[] }>[] {
  return page.columns.map((name, at) => ({
    id: `${at}`,
    header: name,
    width: Math.max(90, Math.min(220, name.length * 9 + 24)),
    cell: ({ cells }) => {
      const value = cells[at];
      return value && <ShownValue value={value} most={40} />;
    },
  }));
}
