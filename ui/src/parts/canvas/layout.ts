// Where things stand on a canvas of two columns that scroll apart. Pure arithmetic in canvas units.

export const PAD = 20;
export const GAP = 8;

export type Columns = { width: number; leftX: number; rightX: number };

/** Both columns hug the edges; the room between them belongs to the links. */
export function columnsIn(width: number, unit: number): Columns {
  const between = Math.max(100 * unit, width * 0.18);
  const column = Math.min(360 * unit, Math.max(150 * unit, (width - 2 * PAD - between) / 2));
  return { width: column, leftX: PAD, rightX: Math.max(PAD + column + 40, width - PAD - column) };
}

export function topOf(at: number, height: number, offset: number): number {
  return PAD + at * (height + GAP) - offset;
}

export function lengthOf(count: number, height: number): number {
  return 2 * PAD + Math.max(0, count * (height + GAP) - GAP);
}

export function clampOffset(offset: number, count: number, height: number, view: number): number {
  return Math.max(0, Math.min(offset, lengthOf(count, height) - view));
}

/** First and last place in sight, with some to spare; last is -1 for an empty list. */
export function inSight(count: number, height: number, offset: number, view: number, spare = 4): [number, number] {
  const step = height + GAP;
  const first = Math.max(0, Math.floor((offset - PAD) / step) - spare);
  const last = Math.min(count - 1, Math.ceil((offset + view - PAD) / step) + spare);
  return [first, last];
}

/** The offset nearest to the present one that shows the place whole. */
export function reveal(at: number, height: number, offset: number, view: number): number {
  const top = at * (height + GAP);
  const bottom = top + height + 2 * PAD;
  if (top < offset) return top;
  if (bottom > offset + view) return bottom - view;
  return offset;
}

type Ends = { sourceX: number; sourceY: number; targetX: number; targetY: number };

/** The point at `t` (0 to 1) of the curve between two ends, which leaves and arrives level. */
export function pointOn({ sourceX, sourceY, targetX, targetY }: Ends, t: number): [number, number] {
  const bend = Math.max(0, targetX - sourceX) / 2;
  const u = 1 - t;
  const mix = (a: number, b: number, c: number, d: number) =>
    u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
  return [mix(sourceX, sourceX + bend, targetX - bend, targetX), mix(sourceY, sourceY, targetY, targetY)];
}
