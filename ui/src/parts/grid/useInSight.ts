// Which rows and columns of a grid are in sight.

import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useMemo } from "react";
import { usePrefs } from "../prefs";
import { drawn, type GridColumn, isWide } from "./column";

export function useInSight<T>(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  height: number,
  columns: readonly GridColumn<T>[],
) {
  const zoom = usePrefs((prefs) => prefs.zoom);
  const down = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
  });
  const wide = isWide(columns);
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (columns[at]?.width ?? 0) * zoom,
    overscan: 3,
    enabled: wide,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtual lists keep measured sizes until told.
  useEffect(() => {
    down.measure();
    across.measure();
  }, [height, zoom, columns]);
  const pinned = useMemo(() => columns.flatMap((column, at) => (column.pinned ? [at] : [])), [columns]);
  const rows = down.getVirtualItems();
  return {
    rows,
    length: down.getTotalSize(),
    first: rows[0]?.index ?? 0,
    last: rows.at(-1)?.index ?? 0,
    cells: wide
      ? drawn(
          pinned,
          across.getVirtualItems().map((item) => item.index),
        )
      : columns.map((_, at) => at),
    showRow: (at: number, align: "auto" | "center" = "auto") => down.scrollToIndex(at, { align }),
  };
}
