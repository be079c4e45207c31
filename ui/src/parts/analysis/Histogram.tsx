// Upright bars with their figures: drawn, told bar by bar with the arrow keys, and as a table to a screen reader.

import { lazy, Suspense, useDeferredValue } from "react";
import { ANALYSIS } from "../../words";
import { count } from "../format";
import type { Bar } from "./years";

const Drawn = lazy(() => import("./HistogramDrawn"));

export function Histogram({ label, bars }: { label: string; bars: readonly Bar[] }) {
  // Whoever goes through a list by the arrow keys does not wait for each chart on the way.
  const drawn = useDeferredValue(bars);
  return (
    <figure className="histogram" data-testid="histogram">
      <div className="histogram-drawn">
        <Suspense fallback={null}>
          <Drawn label={label} bars={drawn} />
        </Suspense>
      </div>
      <table className="sr-only">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{ANALYSIS.bar}</th>
            <th scope="col">{ANALYSIS.rows}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.name}>
              <th scope="row">{bar.name}</th>
              <td>{count(bar.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
