import type { YearCount } from "../../ipc/bindings";

/** `tick`: what stands below it where there is room, if that is not its name. */
export type Bar = { name: string; tick?: string; count: number };

/** More would be thinner than a line. */
const MOST = 40;

/** One bar a year, those without rows too; where the years are too many, the last of them. */
export function yearBars(years: readonly YearCount[], until?: number | null): Bar[] {
  const last = years.at(-1);
  if (last === undefined) return [];
  // One slip of the pen (1019) must not squeeze all others into nothing.
  const end =
    until !== null && until !== undefined && until <= last.year + MOST ? Math.max(last.year, until) : last.year;
  const counts = new Map(years.map(({ year, count }) => [year, count]));
  const first = Math.max(years[0]?.year ?? end, end - MOST + 1);
  return Array.from({ length: end - first + 1 }, (_, at) => ({
    name: String(first + at),
    count: counts.get(first + at) ?? 0,
  }));
}

/** Rows of years before the first bar. */
export function before(years: readonly YearCount[], bars: readonly Bar[]): number {
  const first = Number(bars[0]?.name ?? 0);
  return years.filter(({ year }) => year < first).reduce((sum, { count }) => sum + count, 0);
}
