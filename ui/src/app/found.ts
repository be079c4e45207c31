/** What matches every word of the query, those first whose name begins with it. At most `most`. */
export function found<T>(things: readonly T[], query: string, nameOf: (thing: T) => string, most: number): T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const first: T[] = [];
  const then: T[] = [];
  for (const thing of things) {
    const name = nameOf(thing).toLowerCase();
    if (!words.every((word) => name.includes(word))) continue;
    (begins(name, query) ? first : then).push(thing);
  }
  return [...first, ...then].slice(0, most);
}

/** Whether a part of the name begins with the query's first word. */
export function begins(name: string, query: string): boolean {
  const [word] = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (word === undefined) return false;
  return name
    .toLowerCase()
    .split(/[\s./_]/)
    .some((part) => part.startsWith(word));
}
