// How far one is moved and zoomed in a diagram: all of it at first, and as the person likes from then on.

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { type Box, fitted, LEAST_ZOOM, type Placed, READABLE, shownIn, type View } from "./layout";

const STEP = 1.25;
const LARGEST = 2;

type Anchor = { id: string; box: Box };

/** `drawn`: what changes with whatever is to be seen whole anew. */
export function useView(box: RefObject<HTMLElement | null>, placed: Placed, middle: string, drawn: string) {
  const [view, setView] = useState<View>({ x: 0, y: 0, zoom: 1 });
  const [size, setSize] = useState({ width: 0, height: 0 });
  const byHand = useRef(false);
  const anchor = useRef<Anchor | null>(null);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, [box]);

  const bring = useCallback(
    (least: number) => {
      const at = placed.boxes.get(middle);
      byHand.current = false;
      if (at && size.width > 0) setView(fitted(placed, at, size, least));
    },
    [placed, middle, size],
  );
  const latest = useRef(bring);
  latest.current = bring;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another picture, or another size of the window, fits anew.
  useEffect(() => {
    byHand.current = false;
    latest.current(READABLE);
  }, [drawn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => {
    if (!byHand.current) latest.current(READABLE);
  }, [size]);
  // What was opened or closed stays where it is, and all else moves around it.
  useEffect(() => {
    const was = anchor.current;
    const now = was && placed.boxes.get(was.id);
    anchor.current = null;
    if (!was || !now) return;
    setView((view) => ({
      ...view,
      x: view.x + (was.box.x - now.x) * view.zoom,
      y: view.y + (was.box.y - now.y) * view.zoom,
    }));
  }, [placed]);

  const zoomTo = (zoom: number) => {
    byHand.current = true;
    const to = Math.max(LEAST_ZOOM, Math.min(LARGEST, zoom));
    // Around the middle of what is in sight.
    const [x, y] = [size.width / 2, size.height / 2];
    setView((was) => ({
      zoom: to,
      x: x - ((x - was.x) * to) / was.zoom,
      y: y - ((y - was.y) * to) / was.zoom,
    }));
  };
  return {
    view,
    ready: size.width > 0,
    showAll: () => bring(LEAST_ZOOM),
    /** Of a person's hand. */
    move: (to: View) => {
      byHand.current = true;
      setView(to);
    },
    zoomBy: (steps: number) => zoomTo(view.zoom * STEP ** steps),
    resetZoom: () => zoomTo(1),
    show: (id: string) => {
      const at = placed.boxes.get(id);
      if (at && size.width > 0) setView((was) => shownIn(was, at, size));
    },
    hold: (id: string) => {
      const at = placed.boxes.get(id);
      anchor.current = at ? { id, box: at } : null;
      byHand.current = true;
    },
  };
}
