import type { GridColumn, Sort } from "./column";

type Props<T> = {
  columns: readonly GridColumn<T>[];
  /** Places of the columns in sight. */
  cells: readonly number[];
  sort?: Sort;
  onSort?: (by: string) => void;
};

export function GridHead<T>({ columns, cells, sort, onSort }: Props<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a virtual grid is no table element.
    <div role="row" aria-rowindex={1} className="grid-head">
      {cells.map((at) => {
        const column = columns[at];
        return column && <HeaderCell key={column.id} column={column} at={at} sort={sort} onSort={onSort} />;
      })}
    </div>
  );
}

type CellProps<T> = Pick<Props<T>, "sort" | "onSort"> & { column: GridColumn<T>; at: number };

function HeaderCell<T>({ column, at, sort, onSort }: CellProps<T>) {
  const sorted = sort?.by === column.id ? (sort.descending ? "descending" : "ascending") : undefined;
  const canSort = column.sortable && onSort;
  return (
    // biome-ignore lint/a11y: as above.
    <div
      role="columnheader"
      aria-colindex={at + 1}
      aria-sort={canSort ? (sorted ?? "none") : undefined}
      className={column.numeric ? "grid-cell numeric" : "grid-cell"}
      data-pinned={column.pinned || undefined}
      style={{ gridColumnStart: at + 1 }}
    >
      {canSort ? (
        <button type="button" className="grid-sort" data-testid={`sort-${column.id}`} onClick={() => onSort(column.id)}>
          {column.header}
          <span aria-hidden className="grid-arrow">
            {sorted === "ascending" ? "▲" : sorted === "descending" ? "▼" : ""}
          </span>
        </button>
      ) : (
        <span className="grid-title">{column.title ?? column.header}</span>
      )}
    </div>
  );
}
