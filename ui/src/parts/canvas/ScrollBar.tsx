import { useEffect, useRef } from "react";
import type { Side } from "./picked";

type Props = { side: Side; length: number; at: number; view: number; onScroll: (to: number) => void };

/** A plain scroll bar for one list: where one is in two thousand. The wheel and the arrow keys do the same. */
export function ScrollBar({ side, length, at, view, onScroll }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (bar.current && Math.abs(bar.current.scrollTop - at) > 1) bar.current.scrollTop = at;
  }, [at]);
  if (length <= view + 1) return null;
  return (
    <div
      ref={bar}
      className="two-sides-bar"
      data-side={side}
      aria-hidden
      tabIndex={-1}
      onScroll={(event) => {
        const to = event.currentTarget.scrollTop;
        if (Math.abs(to - at) > 1) onScroll(to);
      }}
    >
      <div style={{ height: length }} />
    </div>
  );
}
