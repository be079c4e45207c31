// What is told when a job has ended.

import type { JobFacts } from "../ipc/bindings";
import { count } from "../parts/format";
import { JOBS } from "../words";

const ENDED = { done: JOBS.done, warned: JOBS.warned, failed: JOBS.failed, cancelled: JOBS.cancelled } as const;

/** `rejects`: of the snapshot in use, which after a load is the one that was loaded. */
export function titleOf(job: JobFacts, rejects: number): string {
  if (job.state === "running") return job.label;
  return `${job.label}: ${isLoaded(job) ? loaded(rejects, job.state === "warned") : ENDED[job.state]}`;
}

export function isLoaded({ kind, state }: JobFacts): boolean {
  return kind === "load" && (state === "done" || state === "warned");
}

function loaded(rejects: number, warned: boolean): string {
  if (rejects > 0) return `${JOBS.loaded}, ${count(rejects)} ${JOBS.rejected}`;
  return warned ? `${JOBS.loaded}, ${JOBS.withWarnings}` : JOBS.loaded;
}
