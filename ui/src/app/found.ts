/** What matches every word of the query, those first whose name begins with it. At most `most`. */
export function found<T>(things: readonly T[], query: string, nameOf: (thing: T) => string, most: number): T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const begins: T[] = [];
  const holds: T[] = [];
  for (const thing of things) {
    const name = nameOf(thing).toLowerCase();
    if (!words.every((word) => name.includes(word))) continue;
    if (words[0] !== undefined && name.split(/[\s./_]/).some((part) => part.startsWith(words[0] as string)))
      begins.push(thing);
    else holds.push(thing);
  }
  return [...begins, ...holds].slice(0, most);
}
