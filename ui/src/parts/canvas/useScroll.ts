// Where the two lists stand, how far in one is, and how large the canvas is.

import { type RefObject, useCallback, useEffect, useState } from "react";
import { clampOffset, columnsIn, reveal } from "./layout";
import type { Side } from "./picked";
import { useWheel } from "./useWheel";

const ZOOMS = [0.4, 0.5, 0.67, 0.8, 1, 1.25, 1.5];

type Lengths = { left: number; right: number };

export function useScroll(box: RefObject<HTMLElement | null>, counts: Lengths, heights: Lengths, unit: number) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [zoom, setZoom] = useState(1);
  const [wanted, setWanted] = useState<Lengths>({ left: 0, right: 0 });
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, [box]);

  const view = size.height / zoom;
  const { left, right } = counts;
  const { left: leftHeight, right: rightHeight } = heights;
  const clamp = useCallback(
    (side: Side, offset: number) =>
      side === "left" ? clampOffset(offset, left, leftHeight, view) : clampOffset(offset, right, rightHeight, view),
    [left, right, leftHeight, rightHeight, view],
  );
  const scrollTo = useCallback((side: Side, to: number) => setWanted((was) => ({ ...was, [side]: to })), []);
  const scrollBy = useCallback(
    (side: Side, delta: number) =>
      setWanted((was) => ({ ...was, [side]: clamp(side, clamp(side, was[side]) + delta) })),
    [clamp],
  );
  const show = useCallback(
    (side: Side, at: number) =>
      setWanted((was) => {
        const height = side === "left" ? leftHeight : rightHeight;
        return { ...was, [side]: reveal(at, height, clamp(side, was[side]), view) };
      }),
    [clamp, leftHeight, rightHeight, view],
  );
  const zoomBy = useCallback((steps: number) => {
    setZoom((was) => {
      const at = ZOOMS.findIndex((one) => one >= was - 0.001);
      return ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, at + steps))] ?? 1;
    });
  }, []);
  useWheel(box, scrollBy, zoomBy);
  return {
    size,
    zoom,
    view,
    columns: columnsIn(size.width / zoom, unit),
    offset: { left: clamp("left", wanted.left), right: clamp("right", wanted.right) },
    scrollTo,
    show,
    zoomBy,
    resetZoom: () => setZoom(1),
  };
}
