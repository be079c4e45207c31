import { type RefObject, useEffect } from "react";
import type { Side } from "./picked";

/** The wheel scrolls the list under the pointer; with Ctrl, or a pinch, it zooms. */
export function useWheel(
  box: RefObject<HTMLElement | null>,
  scrollBy: (side: Side, delta: number) => void,
  zoomBy: (steps: number) => void,
) {
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let pinched = 0;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const delta = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
      if (event.ctrlKey || event.metaKey) {
        pinched += delta;
        if (Math.abs(pinched) > 40) {
          zoomBy(pinched > 0 ? -1 : 1);
          pinched = 0;
        }
        return;
      }
      const { left, width } = element.getBoundingClientRect();
      scrollBy(event.clientX - left < width / 2 ? "left" : "right", delta);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [box, scrollBy, zoomBy]);
}
