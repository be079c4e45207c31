import { count } from "../format";
import type { Bar } from "./years";

/** Bars of a line's height, for a row of a list: each says its figure when pointed at, and all to a reader. A chart of the
 * library would be drawn forty times for one screen of rows. */
export function Bars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <span className="bars" role="img" aria-label={`${label}: ${bars.map(said).join(", ")}`}>
      {bars.map((bar) => (
        <span key={bar.name} title={said(bar)} data-none={bar.count === 0 || undefined}>
          <span style={{ height: `${bar.count === 0 ? 0 : Math.max(4, (bar.count * 100) / most)}%` }} />
        </span>
      ))}
    </span>
  );
}

const said = ({ name, count: rows }: Bar) => `${name}: ${count(rows)}`;
