// Which rows and columns of a grid are in sight.

import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useMemo } from "react";
import { usePrefs } from "../prefs";
import { drawn, type GridColumn, isWide, leastWidth } from "./column";

export function useRowsInSight(scroller: RefObject<HTMLElement | null>, count: number, height: number) {
  const down = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtual list keeps measured sizes until told.
  useEffect(() => down.measure(), [height]);
  const rows = down.getVirtualItems();
  return {
    rows,
    length: down.getTotalSize(),
    first: rows[0]?.index ?? 0,
    last: rows.at(-1)?.index ?? 0,
    showRow: (at: number, align: "auto" | "center" = "auto") => down.scrollToIndex(at, { align }),
  };
}

/** Places of the columns to draw. */
export function useCellsInSight<T>(scroller: RefObject<HTMLElement | null>, columns: readonly GridColumn<T>[]) {
  const zoom = usePrefs((prefs) => prefs.zoom);
  const wide = isWide(columns);
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (columns[at]?.width ?? 0) * zoom,
    overscan: 3,
    enabled: wide,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtual list keeps measured sizes until told.
  useEffect(() => across.measure(), [zoom, columns]);
  const pinned = useMemo(() => columns.flatMap((column, at) => (column.pinned ? [at] : [])), [columns]);
  if (!wide) return columns.map((_, at) => at);
  return drawn(
    pinned,
    across.getVirtualItems().map((item) => item.index),
  );
}

/** Scrolls sideways to a column, once. */
export function useShowColumn<T>(
  scroller: RefObject<HTMLElement | null>,
  columns: readonly GridColumn<T>[],
  id: string | undefined,
) {
  const zoom = usePrefs((prefs) => prefs.zoom);
  const there = id !== undefined && columns.some((column) => column.id === id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: afterwards the person scrolls.
  useEffect(() => {
    if (!there || !scroller.current) return;
    const before = columns.slice(
      0,
      columns.findIndex((column) => column.id === id),
    );
    scroller.current.scrollLeft = leastWidth(before.filter((column) => !column.pinned)) * zoom;
  }, [there, id]);
}
