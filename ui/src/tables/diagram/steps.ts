// Where the arrow keys lead from a box of the diagram.

import type { Box } from "./layout";

export type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

export function isDirection(key: string): key is Direction {
  return key === "ArrowLeft" || key === "ArrowRight" || key === "ArrowUp" || key === "ArrowDown";
}

/** Left and right go along a line where one leads there, up and down within the column; else to the nearest. */
export function nextBox(
  boxes: ReadonlyMap<string, Box>,
  from: string,
  direction: Direction,
  joined: ReadonlySet<string>,
): string | undefined {
  const start = boxes.get(from);
  if (!start) return undefined;
  const level = direction === "ArrowLeft" || direction === "ArrowRight";
  const sign = direction === "ArrowRight" || direction === "ArrowDown" ? 1 : -1;
  let best: { id: string; cost: number } | undefined;
  for (const [id, box] of boxes) {
    const dx = (middleX(box) - middleX(start)) * (level ? sign : 1);
    const dy = (middleY(box) - middleY(start)) * (level ? 1 : sign);
    const [along, across] = level ? [dx, Math.abs(dy)] : [dy, Math.abs(dx)];
    // Up and down stay within the column: a box that is partly above it is in it.
    if (id === from || along <= 0 || (!level && across >= start.width)) continue;
    if (level && dx < Math.min(start.width, box.width) / 2) continue;
    const cost = along + 2 * across + (level && !joined.has(id) ? FAR : 0);
    if (best === undefined || cost < best.cost) best = { id, cost };
  }
  return best?.id;
}

/** What no line leads to comes after all that one does. */
const FAR = 1e6;

const middleX = ({ x, width }: Box) => x + width / 2;
const middleY = ({ y, height }: Box) => y + height / 2;
