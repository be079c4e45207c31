// What several things that are chosen have in common.

/** The value of all; undefined where they differ, or there are none. */
export function agreed<T, V>(things: readonly T[], of: (thing: T) => V): V | undefined {
  const [first] = things;
  if (first === undefined) return undefined;
  const value = of(first);
  return things.every((thing) => of(thing) === value) ? value : undefined;
}

/** How many have each value, the most frequent first. */
export function tally<T, V>(things: readonly T[], of: (thing: T) => V): [V, number][] {
  const counts = new Map<V, number>();
  for (const thing of things) counts.set(of(thing), (counts.get(of(thing)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
