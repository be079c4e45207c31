import type { Counts, JobFacts } from "../ipc/bindings";
import { useJobs } from "../ipc/queries";
import { Problem } from "../parts/Bits";
import { bytes, count, duration, percent, share } from "../parts/format";
import { go } from "../parts/where";

export function StatusLine({ counts, loaded }: { counts: Counts; loaded: boolean }) {
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
              <Problem>{count(counts.misfits)} misfits</Problem>
            </button>
          )}
        </>
      ) : (
        <span>No snapshot loaded</span>
      )}
      <span className="grow" />
      {running && <span className="status-job">{progressOf(running)}</span>}
    </footer>
  );
}

/** `Load hmw.sql: 41 %, 103,000 rows/s, 12 s left`. */
export function progressOf(job: JobFacts): string {
  const parts: string[] = [];
  if (job.total > 0) parts.push(percent(share(job.done, job.total)));
  else if (job.unit === "bytes") parts.push(bytes(job.done));
  if (job.rows_per_second >= 1) parts.push(`${count(job.rows_per_second)} rows/s`);
  if (job.seconds_left !== null) parts.push(`${duration(job.seconds_left)} left`);
  return `${job.label}: ${parts.length > 0 ? parts.join(", ") : job.phase}`;
}
