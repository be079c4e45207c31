import type { Disposition } from "../ipc/bindings";
import { DispositionLetter } from "../parts/Disposition";
import { wordFor } from "../parts/disposition";
import { count } from "../parts/format";
import { TABLES } from "../words";

/** Where what is chosen does not agree: how many have which. */
export function MixedDispositions({ of }: { of: [Disposition, number][] }) {
  return (
    <p className="mixed">
      <span className="faint">{TABLES.mixed}:</span>
      {of.map(([code, n]) => (
        <span key={code} title={wordFor(code).label}>
          <DispositionLetter of={code} /> {count(n)} <span className="sr-only">{wordFor(code).label}</span>
        </span>
      ))}
    </p>
  );
}
