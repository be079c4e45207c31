// What is picked on the canvas: some of the left, one of the right, or a link. And how the keys move it.

import { all, moved, NOTHING, only, ranged, type Selection, toggled } from "../grid/selection";

export type Side = "left" | "right";

export type Picked = {
  left: Selection;
  right?: string;
  link?: string;
  /** The side the person touched last; the arrow keys act on it. */
  side: Side;
};

export const NONE: Picked = { left: NOTHING, side: "left" };

export type Held = { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean };

/** One side's pick leaves the other's standing, so that several of the left can be joined with one of the right. */
export function pickLeft(picked: Picked, keys: readonly string[], id: string, held: Held): Picked {
  const { right, left } = picked;
  if (held.shiftKey) return { left: ranged(left, keys, id), right, side: "left" };
  if (held.ctrlKey || held.metaKey) return { left: toggled(left, id), right, side: "left" };
  return { left: only(id), right, side: "left" };
}

export function pickRight(picked: Picked, id: string): Picked {
  return { left: picked.left, right: id, side: "right" };
}

/** `left`: where the arrow keys go on from. */
export function pickLink(id: string, left: string | null = null): Picked {
  return { left: { ...NOTHING, active: left }, link: id, side: "left" };
}

/** Into one side, from its filter: what is picked there, or else its first. */
export function enterSide(picked: Picked, side: Side, ids: readonly string[]): Picked {
  const [first] = ids;
  if (first === undefined) return picked;
  const at = side === "left" ? picked.left.active : picked.right;
  if (at != null && ids.includes(at) && picked.link === undefined) return { ...picked, side };
  return side === "left" ? pickLeft(picked, ids, first, NO_KEYS) : pickRight(picked, first);
}

const NO_KEYS: Held = { shiftKey: false, ctrlKey: false, metaKey: false };

/** From a link ↓ goes on to the next of the left that nothing joins yet. */
export function nextFree(
  { link, left }: Picked,
  ids: readonly string[],
  joined: ReadonlySet<string>,
): string | undefined {
  if (link === undefined || left.active === null) return undefined;
  const at = ids.indexOf(left.active);
  return [...ids.slice(at + 1), ...ids.slice(0, at + 1)].find((id) => !joined.has(id));
}

const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

type Press = Held & { key: string };

/** Null: not a key that picks. */
export function step(press: Press, picked: Picked, left: readonly string[], right: readonly string[]): Picked | null {
  const mod = press.ctrlKey || press.metaKey;
  if (mod && press.key.toLowerCase() === "a") {
    return { left: all(picked.left, left), right: picked.right, side: "left" };
  }
  if (mod) return null;
  const by = STEPS[press.key];
  if (by !== undefined)
    return picked.side === "left" ? stepLeft(picked, left, by, press) : stepRight(picked, right, by);
  if (press.key === "ArrowRight") {
    const id = picked.right ?? right[0];
    return id === undefined ? null : pickRight(picked, id);
  }
  if (press.key === "ArrowLeft") {
    const id = picked.left.active ?? left[0];
    if (id === undefined) return null;
    return { ...picked, link: undefined, left: picked.left.active === null ? only(id) : picked.left, side: "left" };
  }
  if (press.key === " " && picked.side === "left" && picked.left.active !== null) {
    return { ...picked, left: toggled(picked.left, picked.left.active) };
  }
  return null;
}

function stepLeft(picked: Picked, keys: readonly string[], by: number, { shiftKey }: Press): Picked {
  return { left: moved(picked.left, keys, clamped(by, keys), shiftKey), right: picked.right, side: "left" };
}

function stepRight(picked: Picked, keys: readonly string[], by: number): Picked | null {
  const at = picked.right === undefined ? -1 : keys.indexOf(picked.right);
  const to = Math.max(0, Math.min(keys.length - 1, at + clamped(by, keys)));
  const id = keys[at < 0 ? 0 : to];
  return id === undefined ? null : pickRight(picked, id);
}

function clamped(by: number, keys: readonly string[]): number {
  return Math.max(-keys.length, Math.min(keys.length, by));
}

/** Whether Esc has anything to let go of. */
export function isPicked(picked: Picked): boolean {
  return picked.left.chosen.size > 0 || picked.right !== undefined || picked.link !== undefined;
}
