import { DIAGRAM } from "../../words";

/** What the lines mean. */
export function Legend() {
  return (
    <section className="diagram-legend" aria-label={DIAGRAM.legend}>
      <Line sure>{DIAGRAM.sure}</Line>
      <Line>{DIAGRAM.found}</Line>
      <Line sure orphans>
        {DIAGRAM.orphans}
      </Line>
      <Line sure path>
        {DIAGRAM.onPath}
      </Line>
      <span className="diagram-hint">{DIAGRAM.cardinality}</span>
      <span className="diagram-hint">{DIAGRAM.keysHere}</span>
    </section>
  );
}

type LineProps = { children: string; sure?: boolean; orphans?: boolean; path?: boolean };

function Line({ children, sure, orphans, path }: LineProps) {
  return (
    <span className="diagram-legend-line">
      <svg viewBox="0 0 30 10" width="1.875rem" height="0.625rem" aria-hidden="true">
        {path && <path className="diagram-path" d="M 1 5 L 29 5" />}
        <path className="diagram-line" d="M 1 5 L 29 5" data-sure={sure ?? false} data-orphans={orphans || undefined} />
      </svg>
      {children}
    </span>
  );
}
