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

function onResize(changed: () => void) {
  window.addEventListener("resize", changed);
  return () => window.removeEventListener("resize", changed);
}
