// The tables that are listed: keys of the whole list at once, rows in pages, and those that an edit took out of the filter
// and that stay until the person moves on.

import { useQueries } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { TableFacts, TableKey, TablePage } from "../ipc/bindings";
import { call } from "../ipc/client";
import { keyOf, useAnswer } from "../ipc/queries";
import type { GridColumn } from "../parts/grid/column";
import { sortedBy } from "../parts/grid/order";
import { usePaged } from "../parts/grid/paged";
import { within } from "../parts/grid/selection";
import { isHead } from "./grouping";
import { FRESH, type Held, heldBy, isOwnSort, queryOf, setListing, useListing, withHeld } from "./listing";

const PAGE = 100;
/** A limit of none. */
const ALL = 0;
const NO_KEYS: TableKey[] = [];
const NONE_HELD: Held[] = [];

/** `passes`: what the engine does not filter by; then the whole list comes into the window. */
export function useTableList(columns: GridColumn<TableFacts>[], passes?: (table: TableFacts) => boolean) {
  const listing = useListing();
  const { text, dispositions, module, filled, sort, descending, selection } = listing;
  const asked = useMemo(
    () => ({ ...FRESH, text, dispositions, module, filled, sort, descending }),
    [text, dispositions, module, filled, sort, descending],
  );
  const ask = useCallback(
    (offset: number): Promise<TablePage> => call("tables", queryOf(asked, offset, PAGE)),
    [asked],
  );
  const paged = usePaged<TableFacts>(["tables", queryOf(asked, 0, PAGE)], PAGE, ask);
  const grouped = listing.group !== null;
  const own = isOwnSort(sort) || passes !== undefined || grouped;
  const whole = useAnswer("tables", queryOf(asked, 0, own ? ALL : 1), { keep: true });
  const sorted = useMemo(() => {
    if (!own || !whole.data) return undefined;
    const passing = passes ? whole.data.rows.filter(passes) : whole.data.rows;
    return isOwnSort(sort) ? sortedBy(passing, columns, { by: sort, descending }) : passing;
  }, [own, passes, whole.data, columns, sort, descending]);
  const passing = useMemo(() => sorted?.map(({ key }) => key) ?? whole.data?.keys ?? NO_KEYS, [sorted, whole.data]);
  const held = useHeld(whole.isPlaceholderData ? undefined : asked, passing, selection.chosen);
  const keys = useMemo(() => withHeld(passing, held), [passing, held]);
  useEffect(() => {
    if (!whole.data || whole.isPlaceholderData) return;
    const left = within(selection, isHead(selection.active) ? [...keys, selection.active as string] : keys);
    if (left !== selection) setListing({ selection: left });
  }, [whole.data, whole.isPlaceholderData, keys, selection]);

  const facts = useAllFacts(grouped ? sorted : undefined, keys, held.length > 0);

  const places = useMemo(() => placesOf(keys, held), [keys, held]);
  const [span, setSpan] = useState<[number, number]>([0, 0]);
  const heldFacts = useFacts(keys.slice(span[0], span[1] + 1).filter((_, at) => places.has(span[0] + at)));
  const before = (at: number) => [...places].filter((place) => place < at).length;
  const { onSpan } = paged;
  const onSpanWithHeld = useCallback(
    (first: number, last: number) => {
      setSpan((was) => (was[0] === first && was[1] === last ? was : [first, last]));
      const passed = (at: number) => at - [...places].filter((place) => place < at).length;
      onSpan(passed(first), passed(last));
    },
    [onSpan, places],
  );
  const row = (at: number) => {
    const key = keys[at];
    if (key !== undefined && places.has(at)) return heldFacts.get(key);
    return sorted ? sorted[at - before(at)] : paged.row(at - before(at));
  };
  const passed = passes && sorted ? sorted.length : paged.total;
  const total = passed === undefined ? undefined : passed + held.length;
  return { error: paged.error, total, keys, row, facts, onSpan: onSpanWithHeld, busy: whole.isPlaceholderData };
}

/** `list`: what was asked, the same object for as long as the same is asked; undefined while its answer is on its way. */
function useHeld(list: object | undefined, now: readonly TableKey[], chosen: ReadonlySet<TableKey>): Held[] {
  const [was, setWas] = useState({ list, now, held: NONE_HELD });
  if (list === undefined) return was.held;
  let held = was.list === list ? was.held : NONE_HELD;
  if (was.list === list && was.now !== now) held = heldBy(withHeld(was.now, was.held), now, chosen);
  if (held.some(({ key }) => !chosen.has(key))) held = held.filter(({ key }) => chosen.has(key));
  if (was.list !== list || was.now !== now || was.held !== held) setWas({ list, now, held });
  return held;
}

/** At which places of the list the held ones stand. */
function placesOf(keys: readonly TableKey[], held: readonly Held[]): ReadonlySet<number> {
  if (held.length === 0) return new Set();
  const kept = new Set(held.map(({ key }) => key));
  return new Set(keys.flatMap((key, at) => (kept.has(key) ? [at] : [])));
}

const NO_FACTS: TableFacts[] = [];

/** Of all that are listed, in order; those that no longer pass the filter are asked for with all others. */
function useAllFacts(
  passing: readonly TableFacts[] | undefined,
  keys: readonly TableKey[],
  others: boolean,
): readonly TableFacts[] {
  const wanted = passing !== undefined && others;
  const all = useAnswer("tables", queryOf(FRESH, 0, ALL), { enabled: wanted, keep: true }).data?.rows;
  return useMemo(() => {
    if (!passing) return NO_FACTS;
    if (!wanted) return passing;
    const known = new Map([...(all ?? []), ...passing].map((table) => [table.key, table]));
    return keys.flatMap((key) => known.get(key) ?? []);
  }, [passing, wanted, all, keys]);
}

/** Of tables that no page of the list holds; few, for only those in sight are asked for. */
function useFacts(tables: TableKey[]): Map<TableKey, TableFacts> {
  const answers = useQueries({
    queries: tables.map((table) => ({
      queryKey: keyOf("table", { table }),
      queryFn: () => call("table", { table }),
    })),
  });
  return new Map(answers.flatMap(({ data }) => (data ? [[data.facts.key, data.facts]] : [])));
}

/** Whatever the list shows of them now. */
export async function factsOf(tables: TableKey[]): Promise<TableFacts[]> {
  const wanted = new Set(tables);
  const { rows } = await call("tables", queryOf(FRESH, 0, ALL));
  return rows.filter(({ key }) => wanted.has(key));
}
