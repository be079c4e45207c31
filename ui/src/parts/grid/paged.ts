// Rows of a long list, asked for in pages as they come into sight.

import { useQueries } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";

export type Page<T> = { total: number; rows: T[] };

/** `ask` must not change between renders for the same list; `name` tells lists apart in the cache. */
export function usePaged<T>(name: readonly unknown[], size: number, ask: (offset: number) => Promise<Page<T>>) {
  const [span, setSpan] = useState({ first: 0, last: 0 });
  const from = Math.floor(span.first / size);
  const to = Math.floor(span.last / size);
  const wanted = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const pages = useQueries({
    queries: wanted.map((page) => ({
      queryKey: [...name, page],
      queryFn: () => ask(page * size),
    })),
  });
  const loaded = new Map(wanted.map((page, at) => [page, pages[at]?.data] as const));
  // While the next page is on its way the list keeps its length.
  const known = useRef<number | undefined>(undefined);
  known.current = pages.find((page) => page.data)?.data?.total ?? known.current;
  const total = known.current;
  const error = pages.find((page) => page.error)?.error ?? null;
  const onSpan = useCallback((first: number, last: number) => {
    setSpan((was) => (was.first === first && was.last === last ? was : { first, last }));
  }, []);
  const row = (at: number): T | undefined => loaded.get(Math.floor(at / size))?.rows[at % size];
  return { total, row, onSpan, error };
}
