import { useMemo } from "react";
import type { ColumnKey, PreviewCell, TableKey, Treatment } from "../ipc/bindings";
import { useAnswer, useProject } from "../ipc/queries";
import { Empty, Failure, Waiting } from "../parts/Bits";
import { columnName, count, counted } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { MaskButton, useMaskAction } from "../parts/MaskButton";
import { ShownValue } from "../parts/ShownValue";
import { cut, pieces } from "../parts/shown";
import { actionLabel, CLASSES } from "./treatment";

type Row = { cells: PreviewCell[]; at: number };

/** Some rows of a table: each value as it is (masked), and beside it what would leave. */
export function Preview({ table, column }: { table: TableKey; column?: ColumnKey }) {
  const { data, error, refetch } = useAnswer("sample_preview", { table });
  const unmasked = useProject()?.unmasked.includes(table) ?? false;
  useMaskAction(table, unmasked);
  const columns = useMemo(() => (data ? columnsOf(data.columns) : []), [data]);
  const rows = useMemo(() => (data?.rows ?? []).map((cells, at): Row => ({ cells, at: at + 1 })), [data]);
  if (error) return <Failure what="The preview was not made" error={error} retry={() => refetch()} />;
  if (!data) return <Waiting what="Making the preview…" />;
  return (
    <>
      <div className="rows-head">
        <span className="faint">
          {counted(rows.length, "row")}. Left of each pair: as it is{unmasked ? "" : ", masked"}. Right: what would
          stand in the workbook.
        </span>
        <MaskButton table={table} unmasked={unmasked} />
      </div>
      <Grid<Row>
        label="Before and after"
        testId="preview-grid"
        columns={columns}
        count={rows.length}
        row={(at) => rows[at]}
        showColumn={column === undefined ? undefined : columnName(column)}
        empty={rows.length === 0 && <Empty icon="tables" title="The table has no rows" />}
      />
    </>
  );
}

function columnsOf(treatments: Treatment[]): GridColumn<Row>[] {
  const number: GridColumn<Row> = {
    id: "#",
    header: "",
    width: 44,
    numeric: true,
    pinned: true,
    cell: (row) => <span className="faint">{count(row.at)}</span>,
  };
  const pairs = treatments.map(
    (treatment, at): GridColumn<Row> => ({
      id: treatment.column,
      header: treatment.column,
      title: (
        <span className="pair-head" title={CLASSES[treatment.class]}>
          <span className="mono">{treatment.column}</span>
          <span className="action-mark" data-action={treatment.action}>
            {actionLabel(treatment.action)}
          </span>
        </span>
      ),
      width: 290,
      cell: (row) => {
        const cell = row.cells[at];
        return cell && <Pair cell={cell} dropped={treatment.action === "drop"} />;
      },
    }),
  );
  return [number, ...pairs];
}

function Pair({ cell, dropped }: { cell: PreviewCell; dropped: boolean }) {
  return (
    <span className="pair">
      <span>
        <ShownValue value={cell.before} most={40} />
      </span>
      <span className="pair-after">
        <After text={cell.after} before={cell.before.mark} dropped={dropped} />
      </span>
    </span>
  );
}

function After({ text, before, dropped }: { text: string; before: string; dropped: boolean }) {
  if (text !== "") {
    return (
      <span className="value" title={text}>
        {pieces(cut(text, 40)).map((piece, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no name but their place.
          <span key={at} className={piece.sign ? "sign" : undefined}>
            {piece.text}
          </span>
        ))}
      </span>
    );
  }
  if (dropped) return <span className="faint">left out</span>;
  return (
    <span className="mark" data-mark={before === "null" ? "null" : "blank"}>
      {before === "null" ? "NULL" : "blank"}
    </span>
  );
}
