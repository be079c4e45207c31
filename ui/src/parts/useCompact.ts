import { useSyncExternalStore } from "react";
import { usePrefs } from "./prefs";

/** In pixels of the unzoomed window: below it, places need the room that the rail takes. */
const NARROW = 1000;

/** Little room, as in a small window or at the zoom of a meeting. */
export function useCompact(): boolean {
  const zoom = usePrefs((prefs) => prefs.zoom);
  const width = useSyncExternalStore(onResize, () => window.innerWidth);
  return width / zoom < NARROW;
}

/** In pixels before zoom, as the frame draws it. */
const RAIL = { open: 132, closed: 48 };

/** What a place has beside the details, before zoom, whether or not they stand there now: what is laid out by it does not
 * move when they open, between the two clicks of a double-click. */
export function useRoom(): number {
  const { zoom, railOpen, detailsOpen, detailsWidth } = usePrefs();
  const compact = useCompact();
  const width = useSyncExternalStore(onResize, () => window.innerWidth);
  const rail = railOpen && !compact ? RAIL.open : RAIL.closed;
  return width / zoom - rail - (detailsOpen ? detailsWidth : 0);
}

function onResize(changed: () => void) {
  window.addEventListener("resize", changed);
  return () => window.removeEventListener("resize", changed);
}
