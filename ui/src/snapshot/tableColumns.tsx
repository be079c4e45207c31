import type { GridColumn } from "../parts/grid/Grid";

/** Which table a row is about. */
export function tableColumns<T extends { table: string; database: string | null }>(): GridColumn<T>[] {
  return [
    {
      id: "table",
      header: "Table",
      width: 180,
      grow: 1,
      sortable: true,
      value: (one) => one.table,
      cell: (one) => one.table,
    },
    {
      id: "database",
      header: "Database",
      width: 110,
      sortable: true,
      value: (one) => one.database,
      cell: (one) => one.database ?? <span className="faint">–</span>,
    },
  ];
}
