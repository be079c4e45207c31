import type { TableFacts } from "../ipc/bindings";
import { FilledBar } from "../parts/Bits";
import { DispositionBadge } from "../parts/Disposition";
import { wordFor } from "../parts/disposition";
import { bytes, count, percent } from "../parts/format";
import type { GridColumn } from "../parts/grid/Grid";
import { TableName } from "../parts/TableName";
import { TABLES } from "../words";

const dash = <span className="faint">–</span>;

export const tableColumns = (manyDatabases: boolean): GridColumn<TableFacts>[] => [
  {
    id: "name",
    header: "Table",
    width: 240,
    grow: 3,
    pinned: true,
    sortable: true,
    sortNote: manyDatabases ? TABLES.withinDatabase : undefined,
    text: (table) => (manyDatabases && table.database ? `${table.database}.${table.table}` : table.table),
    cell: (table) => (
      <TableName of={table.key} database={table.database} withDatabase={manyDatabases} title={table.source_comment} />
    ),
  },
  {
    id: "disposition",
    header: "Disposition",
    width: 170,
    sortable: true,
    text: (table) => wordFor(table.disposition).label,
    cell: (table) => <DispositionBadge of={table.disposition} />,
  },
  {
    id: "module",
    header: "Module",
    width: 86,
    grow: 1,
    sortable: true,
    value: (table) => table.module,
    cell: (table) => (table.module ? <span title={table.module}>{table.module}</span> : dash),
  },
  {
    id: "rows",
    header: "Rows",
    width: 84,
    numeric: true,
    sortable: true,
    value: (table) => table.rows,
    cell: (table) => count(table.rows),
  },
  {
    id: "filled",
    header: "Filled",
    width: 96,
    sortable: true,
    text: filledText,
    cell: (table) => <Filled of={table} />,
  },
  {
    id: "columns",
    header: "Columns",
    width: 84,
    numeric: true,
    sortable: true,
    value: (table) => table.columns,
    cell: (table) => <span>{count(table.columns)}</span>,
  },
  {
    id: "empty",
    header: "Empty",
    width: 76,
    numeric: true,
    sortable: true,
    value: (table) => table.empty_columns,
    cell: (table) => (table.empty_columns > 0 ? count(table.empty_columns) : dash),
  },
  {
    id: "mapped",
    header: "Mapped",
    width: 76,
    numeric: true,
    sortable: true,
    value: (table) => table.columns_mapped,
    cell: (table) => mapped(table),
  },
  {
    id: "reason",
    header: "Reason",
    width: 110,
    grow: 2,
    sortable: true,
    value: (table) => table.reason || null,
    cell: (table) => (table.reason ? <span title={table.reason}>{table.reason}</span> : dash),
  },
  {
    id: "bytes",
    optional: true,
    header: "Size",
    width: 72,
    numeric: true,
    sortable: true,
    value: (table) => table.bytes,
    cell: (table) => bytes(table.bytes),
  },
  {
    id: "rejected",
    header: "Rejected",
    width: 84,
    numeric: true,
    sortable: true,
    value: (table) => table.rejected,
    cell: (table) => (table.rejected > 0 ? <span className="problem">{count(table.rejected)}</span> : dash),
  },
];

function Filled({ of: table }: { of: TableFacts }) {
  return table.rows === 0 ? <span className="faint">no rows</span> : <FilledBar value={table.filled_percent} />;
}

function filledText(table: TableFacts) {
  return table.rows === 0 ? "" : percent(table.filled_percent);
}

function mapped(table: TableFacts) {
  if (table.columns_mapped === 0 && table.columns_decided === 0) return dash;
  const title = `${count(table.columns_mapped)} mapped, ${count(table.columns_decided)} with a decision of their own`;
  return <span title={title}>{count(table.columns_mapped)}</span>;
}
