import type { Counts } from "../ipc/bindings";
import { useJobs } from "../ipc/queries";
import { Problem } from "../parts/Bits";
import { count, counted, percent, share } from "../parts/format";
import { lineOf } from "../parts/progress";
import { useSaid } from "../parts/said";
import { go } from "../parts/where";
import { SNAPSHOT } from "../words";

export function StatusLine({ counts, loaded }: { counts: Counts; loaded: boolean }) {
  const said = useSaid((just) => just.text);
  const running = useJobs().find((job) => job.state === "running");
  return (
    <footer className="status-line" data-testid="status-line">
      {loaded ? (
        <>
          <span>
            {count(counts.tables_decided)} of {count(counts.tables)} tables decided
          </span>
          <span>
            {count(counts.rows_decided)} of {count(counts.rows)} rows decided
            {counts.rows > 0 && ` (${percent(share(counts.rows_decided, counts.rows))})`}
          </span>
          {counts.required_missing > 0 ? (
            <button type="button" className="status-link" onClick={() => go({ place: "map" })}>
              <Problem>{count(counts.required_missing)} required missing</Problem>
            </button>
          ) : (
            <span>No required field missing</span>
          )}
          {counts.misfits > 0 && (
            <button type="button" className="status-link" onClick={() => go({ place: "snapshot", part: "misfits" })}>
              <Problem>{counted(counts.misfits, ...SNAPSHOT.toReview)}</Problem>
            </button>
          )}
        </>
      ) : (
        <span>No snapshot loaded</span>
      )}
      <span className="grow status-said" role="status">
        {said}
      </span>
      {running && <span className="status-job">{lineOf(running)}</span>}
    </footer>
  );
}
