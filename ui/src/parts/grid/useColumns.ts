// The columns of a grid as the person wants them: their widths, their places, and which are shown. It stays so, by the
// grid's name; a grid without one has columns of a client's, which the window does not keep.

import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  functionalUpdate,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useCallback, useMemo, useRef, useState } from "react";
import { type GridLayout, setPrefs, usePrefs } from "../prefs";
import type { GridColumn } from "./column";

const features = tableFeatures({
  columnSizingFeature,
  columnResizingFeature,
  columnOrderingFeature,
  columnVisibilityFeature,
});

export const LEAST_WIDTH = 40;
const AS_MADE: GridLayout = { widths: {}, shown: {}, order: [] };

function useLayout(name: string | undefined) {
  const kept = usePrefs((prefs) => (name === undefined ? undefined : prefs.grids[name]));
  const [own, setOwn] = useState(AS_MADE);
  const layout = name === undefined ? own : (kept ?? AS_MADE);
  const change = useCallback(
    (part: Partial<GridLayout>) => {
      if (name === undefined) {
        setOwn((was) => ({ ...was, ...part }));
        return;
      }
      const { grids } = usePrefs.getState();
      setPrefs({ grids: { ...grids, [name]: { ...(grids[name] ?? AS_MADE), ...part } } });
    },
    [name],
  );
  return [layout, change] as const;
}

export function useColumns<T extends object>(columns: GridColumn<T>[], data: T[], name: string | undefined) {
  const [layout, change] = useLayout(name);
  const { widths, order } = layout;
  const shown = useMemo(
    () => ({
      ...Object.fromEntries(columns.filter((column) => column.optional).map(({ id }) => [id, false])),
      ...layout.shown,
    }),
    [columns, layout.shown],
  );
  const zoom = usePrefs((prefs) => prefs.zoom);
  const helper = useMemo(() => createColumnHelper<typeof features, T>(), []);
  const defs = useMemo(
    () =>
      helper.columns(
        columns.map((column) =>
          helper.display({
            id: column.id,
            header: column.header,
            size: column.width,
            minSize: LEAST_WIDTH,
            maxSize: 2_000,
            enableHiding: !column.pinned,
            cell: ({ row }) => column.cell(row.original),
          }),
        ),
      ),
    [helper, columns],
  );
  const drag = useRef<Drag | null>(null);
  const table = useTable({
    features,
    columns: defs,
    data,
    columnResizeMode: "onChange",
    state: { columnSizing: widths, columnVisibility: shown, columnOrder: order },
    onColumnSizingChange: (updater) => {
      const now = usePrefs.getState().grids;
      const before = name === undefined ? widths : (now[name]?.widths ?? {});
      change({ widths: asDrawn(functionalUpdate(updater, before), drag.current, zoom) });
    },
    onColumnVisibilityChange: (updater) => change({ shown: functionalUpdate(updater, shown) }),
    onColumnOrderChange: (updater) => change({ order: functionalUpdate(updater, order) }),
  });
  const ids = table
    .getVisibleLeafColumns()
    .map(({ id }) => id)
    .join("\0");
  const inView = useMemo(() => {
    const known = new Map(columns.map((column) => [column.id, column]));
    const all = ids.split("\0").flatMap((id) => known.get(id) ?? []);
    // What stays in sight stands first, wherever it was put.
    const ordered = [...all.filter((column) => column.pinned), ...all.filter((column) => !column.pinned)];
    return ordered.map((column) => withWidth(column, widths[column.id]));
  }, [columns, ids, widths]);

  /** Begins a drag of the edge, from the width that is drawn. */
  const resize = (id: string, drawn: number, event: unknown) => {
    const header = table.getFlatHeaders().find((one) => one.column.id === id);
    if (!header) return;
    drag.current = { id, counted: header.getSize(), drawn: drawn / zoom };
    header.getResizeHandler()(event);
  };
  const place = (id: string, to: string, after: boolean) => {
    const left = inView.map((column) => column.id).filter((other) => other !== id);
    const at = left.indexOf(to);
    if (at < 0) return;
    left.splice(after ? at + 1 : at, 0, id);
    const hidden = columns.map((column) => column.id).filter((other) => !left.includes(other));
    table.setColumnOrder([...left, ...hidden]);
  };
  return {
    table,
    rows: table.getRowModel().rows,
    columns: inView,
    layout: {
      all: inOrder(columns, order),
      isShown: (id: string) => shown[id] !== false,
      show: (id: string, on: boolean) => table.getColumn(id)?.toggleVisibility(on),
      isChanged: layout !== AS_MADE,
      reset: () => change(AS_MADE),
      resize,
      resetWidth: (id: string) =>
        change({ widths: Object.fromEntries(Object.entries(widths).filter(([one]) => one !== id)) }),
      widen: (id: string, drawn: number, by: number) =>
        change({ widths: { ...widths, [id]: Math.max(LEAST_WIDTH, Math.round(drawn / zoom) + by) } }),
      place,
      step: (id: string, by: 1 | -1) => {
        const at = inView.findIndex((column) => column.id === id);
        const other = inView[at + by];
        if (at >= 0 && other && !other.pinned) place(id, other.id, by > 0);
      },
    },
  };
}

export type ColumnLayout = ReturnType<typeof useColumns>["layout"];

/** A column whose edge is dragged: its width as the table counts it, and as it is drawn where it shares what is left. */
type Drag = { id: string; counted: number; drawn: number };

/** The table counts in pixels of the screen what stands here before zoom. */
function asDrawn(widths: Record<string, number>, drag: Drag | null, zoom: number): Record<string, number> {
  const width = drag && widths[drag.id];
  if (!drag || width === null || width === undefined) return widths;
  return { ...widths, [drag.id]: Math.max(LEAST_WIDTH, Math.round(drag.drawn + (width - drag.counted) / zoom)) };
}

function withWidth<T>(column: GridColumn<T>, width: number | undefined): GridColumn<T> {
  return width === undefined ? column : { ...column, width, grow: undefined };
}

function inOrder<T>(
  columns: GridColumn<T>[],
  order: readonly string[],
): { id: string; header: string; fixed: boolean }[] {
  const at = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return columns
    .toSorted((a, b) => at(a.id) - at(b.id))
    .map(({ id, header, pinned }) => ({ id, header, fixed: pinned === true }));
}
