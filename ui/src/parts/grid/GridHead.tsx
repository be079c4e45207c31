// The names of the columns: a click sorts, a drag of the name changes its place, a drag of its edge its width.
// With the keyboard: Alt and the arrows for the place, with Shift for the width.

import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { GridColumn, Sort } from "./column";
import type { ColumnLayout } from "./useColumns";

type Props<T> = {
  columns: readonly GridColumn<T>[];
  /** Places of the columns in sight. */
  cells: readonly number[];
  sort?: Sort;
  onSort?: (by: string) => void;
  layout: ColumnLayout;
  /** The id of a column to be noticed. */
  marked?: string;
};

/** Where a column that is dragged would go. */
type Drop = { id: string; to: string; after: boolean };

export function GridHead<T>({ columns, cells, sort, onSort, layout, marked }: Props<T>) {
  const [drop, setDrop] = useState<Drop | null>(null);
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a virtual grid is no table element.
    <div role="row" aria-rowindex={1} className="grid-head" data-moving={drop !== null || undefined}>
      {cells.map((at) => {
        const column = columns[at];
        return (
          column && (
            <HeaderCell
              key={column.id}
              column={column}
              at={at}
              sort={sort}
              onSort={onSort}
              layout={layout}
              marked={marked === column.id}
              drop={drop}
              onDrop={setDrop}
            />
          )
        );
      })}
    </div>
  );
}

type CellProps<T> = Pick<Props<T>, "sort" | "onSort" | "layout"> & {
  column: GridColumn<T>;
  at: number;
  marked: boolean;
  drop: Drop | null;
  onDrop: (drop: Drop | null) => void;
};

function HeaderCell<T>({ column, at, sort, onSort, layout, marked, drop, onDrop }: CellProps<T>) {
  const cell = useRef<HTMLDivElement>(null);
  const drag = useDrag(column, layout, onDrop);
  const sorted = sort?.by === column.id ? (sort.descending ? "descending" : "ascending") : undefined;
  const canSort = column.sortable && onSort;
  const drawn = () => cell.current?.offsetWidth ?? column.width;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0 || !event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) layout.widen(column.id, drawn(), by * 16);
    else if (!column.pinned) layout.step(column.id, by);
  };
  return (
    // biome-ignore lint/a11y: as above.
    <div
      ref={cell}
      role="columnheader"
      aria-colindex={at + 1}
      aria-sort={canSort ? (sorted ?? "none") : undefined}
      className={column.numeric ? "grid-cell numeric" : "grid-cell"}
      data-column-id={column.id}
      data-pinned={column.pinned || undefined}
      data-marked={marked || undefined}
      data-drop={drop?.to === column.id ? (drop.after ? "after" : "before") : undefined}
      style={{ gridColumnStart: at + 1 }}
      onPointerDown={drag.onPointerDown}
    >
      {canSort ? (
        <button
          type="button"
          className="grid-sort"
          data-testid={`sort-${column.id}`}
          onKeyDown={onKeyDown}
          onClick={() => !drag.moved() && onSort(column.id)}
        >
          <span className="grid-title">{column.title ?? column.header}</span>
          <span aria-hidden className="grid-arrow">
            {sorted === "ascending" ? "▲" : sorted === "descending" ? "▼" : ""}
          </span>
          {sorted && column.sortNote && <span className="grid-sort-note">{column.sortNote}</span>}
        </button>
      ) : (
        <span className="grid-title">{column.title ?? column.header}</span>
      )}
      <span
        className="grid-edge"
        aria-hidden
        onPointerDown={(event) => event.stopPropagation()}
        onMouseDown={(event) => {
          event.preventDefault();
          layout.resize(column.id, drawn(), event.nativeEvent);
        }}
        onDoubleClick={() => layout.resetWidth(column.id)}
      />
    </div>
  );
}

/** In pixels: less is a click with an unsteady hand. */
const FAR = 6;

function useDrag<T>(column: GridColumn<T>, layout: ColumnLayout, onDrop: (drop: Drop | null) => void) {
  const moved = useRef(false);
  const latest = useRef(layout);
  latest.current = layout;
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || column.pinned) return;
    const from = event.clientX;
    let drop: Drop | null = null;
    moved.current = false;
    const done = new AbortController();
    const onMove = (to: globalThis.PointerEvent) => {
      if (!moved.current && Math.abs(to.clientX - from) < FAR) return;
      moved.current = true;
      drop = dropAt(column.id, to.clientX, to.clientY);
      onDrop(drop);
    };
    const end = (placed: Drop | null) => {
      done.abort();
      if (placed) latest.current.place(placed.id, placed.to, placed.after);
      onDrop(null);
    };
    const { signal } = done;
    window.addEventListener("pointermove", onMove, { signal });
    window.addEventListener("pointerup", () => end(drop), { signal });
    window.addEventListener("pointercancel", () => end(null), { signal });
  };
  /** `moved`: whether what ends now was a drag, and so no click. */
  return { onPointerDown, moved: () => moved.current };
}

function dropAt(id: string, x: number, y: number): Drop | null {
  const over = document.elementsFromPoint(x, y).find((element) => element.matches("[data-column-id]"));
  const to = (over as HTMLElement | undefined)?.dataset;
  if (!over || !to?.columnId || to.columnId === id || to.pinned !== undefined) return null;
  const { left, width } = over.getBoundingClientRect();
  return { id, to: to.columnId, after: x > left + width / 2 };
}
