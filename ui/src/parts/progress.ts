// How far a job is, in figures.

import type { JobFacts } from "../ipc/bindings";
import { bytes, count, duration, percent, share } from "./format";

export function figuresOf(job: JobFacts): string[] {
  const { total, done, unit, phase } = job;
  const figures = [phase];
  if (total > 0) figures.push(percent(share(done, total)));
  if (done > 0) figures.push(amountOf(job));
  if (job.rows > 0 && unit !== "rows") figures.push(`${count(job.rows)} rows`);
  if (job.rows_per_second >= 1) figures.push(`${count(job.rows_per_second)} rows/s`);
  figures.push(job.seconds_left === null ? `${duration(job.seconds)} so far` : `${duration(job.seconds_left)} left`);
  return figures.filter((figure) => figure !== "");
}

function amountOf({ done, total, unit }: JobFacts): string {
  const amount = (n: number) => (unit === "bytes" ? bytes(n) : count(n));
  const what = unit === "bytes" || unit === "" ? "" : ` ${unit}`;
  return total > 0 ? `${amount(done)} of ${amount(total)}${what}` : `${amount(done)}${what}`;
}

/** In one line: `Load hmw.sql: 41 %, 103,000 rows/s, 12 s left`. */
export function lineOf(job: JobFacts): string {
  const parts: string[] = [];
  if (job.total > 0) parts.push(percent(share(job.done, job.total)));
  if (job.rows_per_second >= 1) parts.push(`${count(job.rows_per_second)} rows/s`);
  if (job.seconds_left !== null) parts.push(`${duration(job.seconds_left)} left`);
  return `${job.label}: ${parts.length > 0 ? parts.join(", ") : job.phase || "running"}`;
}
