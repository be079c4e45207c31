// What is picked on the canvas: one of the left, one of the right, or a link. And how the keys move it.

export type Side = "left" | "right";
export type Picked = { left?: string; right?: string; link?: string };

type Named = { id: string };

/** The side the arrow keys act on: the right one as soon as something is picked there. */
export function sideOf(picked: Picked): Side {
  return picked.right !== undefined ? "right" : "left";
}

export function step(key: string, picked: Picked, left: readonly Named[], right: readonly Named[]): Picked | null {
  const side = sideOf(picked);
  const list = side === "left" ? left : right;
  if (key === "ArrowDown" || key === "ArrowUp") {
    const at = list.findIndex((item) => item.id === picked[side]);
    const to = at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + (key === "ArrowDown" ? 1 : -1)));
    const id = list[to]?.id;
    return id === undefined ? null : { left: picked.left, right: picked.right, [side]: id };
  }
  if (key === "ArrowRight" && side === "left") {
    const id = right[0]?.id;
    return id === undefined ? null : { left: picked.left, right: id };
  }
  if (key === "ArrowLeft" && side === "right") return { left: picked.left ?? left[0]?.id };
  return null;
}
