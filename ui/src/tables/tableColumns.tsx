import type { TableFacts } from "../ipc/bindings";
import { FilledBar } from "../parts/Bits";
import { DispositionBadge } from "../parts/Disposition";
import { bytes, count } from "../parts/format";
import type { GridColumn } from "../parts/grid/Grid";
import { TableName } from "../parts/TableName";

const dash = <span className="faint">–</span>;

export const tableColumns = (manyDatabases: boolean): GridColumn<TableFacts>[] => [
  {
    id: "name",
    header: "Table",
    width: 150,
    grow: 3,
    pinned: true,
    sortable: true,
    cell: (table) => <TableName of={table.key} withDatabase={manyDatabases} title={table.source_comment} />,
  },
  {
    id: "disposition",
    header: "Disposition",
    width: 180,
    sortable: true,
    cell: (table) => <DispositionBadge of={table.disposition} />,
  },
  {
    id: "module",
    header: "Module",
    width: 104,
    grow: 1,
    sortable: true,
    cell: (table) => (table.module ? <span title={table.module}>{table.module}</span> : dash),
  },
  { id: "rows", header: "Rows", width: 100, numeric: true, sortable: true, cell: (table) => count(table.rows) },
  { id: "filled", header: "Filled", width: 112, sortable: true, cell: (table) => <Filled of={table} /> },
  {
    id: "columns",
    header: "Columns",
    width: 80,
    numeric: true,
    sortable: true,
    cell: (table) => <span>{count(table.columns)}</span>,
  },
  {
    id: "empty",
    header: "Empty",
    width: 64,
    numeric: true,
    cell: (table) => (table.empty_columns > 0 ? count(table.empty_columns) : dash),
  },
  { id: "mapped", header: "Mapped", width: 66, numeric: true, cell: (table) => mapped(table) },
  { id: "bytes", header: "Size", width: 84, numeric: true, sortable: true, cell: (table) => bytes(table.bytes) },
  {
    id: "rejected",
    header: "Rejected",
    width: 82,
    numeric: true,
    sortable: true,
    cell: (table) => (table.rejected > 0 ? <span className="problem">{count(table.rejected)}</span> : dash),
  },
];

function Filled({ of: table }: { of: TableFacts }) {
  return table.rows === 0 ? <span className="faint">no rows</span> : <FilledBar value={table.filled_percent} />;
}

function mapped(table: TableFacts) {
  if (table.columns_mapped === 0 && table.columns_decided === 0) return dash;
  const title = `${table.columns_mapped} mapped, ${table.columns_decided} with a decision of their own`;
  return <span title={title}>{count(table.columns_mapped)}</span>;
}
