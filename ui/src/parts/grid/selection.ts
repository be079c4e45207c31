// Selecting in a list the way a spreadsheet does. Pure: the order of keys is an argument, since sorting changes it.

export type Selection = {
  chosen: ReadonlySet<string>;
  /** Where a range starts. */
  anchor: string | null;
  /** The row the keyboard is on. */
  active: string | null;
};

export const NOTHING: Selection = { chosen: new Set(), anchor: null, active: null };

export function only(key: string): Selection {
  return { chosen: new Set([key]), anchor: key, active: key };
}

export function toggled(selection: Selection, key: string): Selection {
  const chosen = new Set(selection.chosen);
  if (!chosen.delete(key)) chosen.add(key);
  return { chosen, anchor: key, active: key };
}

/** From the anchor to `key`; what was chosen before gives way, as in a spreadsheet. */
export function ranged(selection: Selection, keys: readonly string[], key: string): Selection {
  const anchor = selection.anchor !== null && keys.includes(selection.anchor) ? selection.anchor : key;
  const from = keys.indexOf(anchor);
  const to = keys.indexOf(key);
  if (to < 0) return selection;
  const range = keys.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { chosen: new Set(range), anchor, active: key };
}

export function all(selection: Selection, keys: readonly string[]): Selection {
  const active = selection.active ?? keys[0] ?? null;
  return { chosen: new Set(keys), anchor: selection.anchor ?? active, active };
}

/** Moves the active row by `step`, and takes the range along where shift is held. */
export function moved(selection: Selection, keys: readonly string[], step: number, extend: boolean): Selection {
  if (keys.length === 0) return selection;
  const at = selection.active === null ? -1 : keys.indexOf(selection.active);
  const to = at < 0 ? (step > 0 ? 0 : keys.length - 1) : Math.min(keys.length - 1, Math.max(0, at + step));
  const key = keys[to] as string;
  return extend ? ranged(selection, keys, key) : only(key);
}

/** After a filter: what is out of sight is not acted on. */
export function within(selection: Selection, keys: readonly string[]): Selection {
  const there = new Set(keys);
  const kept = [...selection.chosen].filter((key) => there.has(key));
  const active = selection.active !== null && there.has(selection.active) ? selection.active : null;
  if (kept.length === selection.chosen.size && active === selection.active) return selection;
  return { chosen: new Set(kept), anchor: active, active };
}
