import { count } from "../format";

export type Bar = { name: string; count: number };

/** Upright bars beside one another, named at both ends; each says its figure when pointed at, and all to a reader. */
export function Bars({ label, bars, small }: { label: string; bars: readonly Bar[]; small?: boolean }) {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const [first, last] = [bars[0], bars.at(-1)];
  return (
    <figure className="bars" data-small={small || undefined}>
      <div className="bars-drawn" role="img" aria-label={`${label}: ${bars.map(said).join(", ")}`}>
        {bars.map((bar) => (
          <span key={bar.name} title={said(bar)} data-none={bar.count === 0 || undefined}>
            <span style={{ height: `${bar.count === 0 ? 0 : Math.max(4, (bar.count * 100) / most)}%` }} />
          </span>
        ))}
      </div>
      {!small && (
        <figcaption>
          <span>{first?.name}</span>
          {bars.length > 1 && <span>{last?.name}</span>}
        </figcaption>
      )}
    </figure>
  );
}

const said = ({ name, count: rows }: Bar) => `${name}: ${count(rows)}`;
