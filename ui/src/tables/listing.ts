// Which tables are listed, in what order, and which are chosen. Kept while the person is elsewhere in the window.

import { create } from "zustand";
import type { Disposition, TableKey, TableQuery, TableSort } from "../ipc/bindings";
import { NOTHING, type Selection } from "../parts/grid/selection";
import type { GroupBy } from "./grouping";

/** What the engine does not sort by: the whole list comes into the window for it. */
const OWN_SORTS = ["empty", "mapped", "reason", "role", "used", "person", "issues"] as const;
export type ListSort = TableSort | (typeof OWN_SORTS)[number];

export function isOwnSort(sort: ListSort): boolean {
  return OWN_SORTS.some((own) => own === sort);
}

const ENGINE_SORTS: readonly unknown[] = [
  "name",
  "rows",
  "bytes",
  "columns",
  "filled",
  "disposition",
  "module",
  "rejected",
] satisfies TableSort[];

export function isListSort(sort: unknown): sort is ListSort {
  return ENGINE_SORTS.includes(sort) || OWN_SORTS.some((own) => own === sort);
}

export type Listing = {
  text: string;
  dispositions: Disposition[];
  module: string | null;
  /** Only tables with (true) or without (false) rows. */
  filled: boolean | null;
  /** Only tables that were used of late, and only those whose rows reach a person: told by the inventory. */
  inUse: boolean;
  personData: boolean;
  sort: ListSort;
  descending: boolean;
  /** In groups, of which some are closed. */
  group: GroupBy | null;
  closed: ReadonlySet<string>;
  selection: Selection;
};

export const FRESH: Listing = {
  text: "",
  dispositions: [],
  module: null,
  filled: null,
  inUse: false,
  personData: false,
  sort: "name",
  descending: false,
  group: null,
  closed: new Set(),
  selection: NOTHING,
};

export const useListing = create<Listing>(() => FRESH);

export const setListing = (part: Partial<Listing>) => useListing.setState(part);

export function queryOf(listing: Listing, offset: number, limit: number): TableQuery {
  return {
    text: listing.text.trim(),
    dispositions: listing.dispositions,
    module: listing.module,
    filled: listing.filled,
    sort: isOwnSort(listing.sort) ? "name" : (listing.sort as TableSort),
    descending: listing.descending && !isOwnSort(listing.sort),
    offset,
    limit,
  };
}

/** Figures are looked at from the largest, names from the first. */
const LARGEST_FIRST = new Set<ListSort>(["rows", "bytes", "columns", "rejected", "empty", "mapped", "used", "issues"]);

export function sorted(listing: Pick<Listing, "sort" | "descending">, by: ListSort) {
  if (listing.sort === by) return { sort: by, descending: !listing.descending };
  return { sort: by, descending: LARGEST_FIRST.has(by) };
}

export function isFiltered(listing: Listing): boolean {
  return (
    listing.text.trim() !== "" ||
    listing.dispositions.length > 0 ||
    listing.module !== null ||
    listing.filled !== null ||
    listing.inUse ||
    listing.personData
  );
}

/** A chosen row that an edit took out of the filter: it stays at its place until the person moves on. */
export type Held = { key: TableKey; at: number };

/** Of the chosen, those that were listed before and are no longer. */
export function heldBy(before: readonly TableKey[], now: readonly TableKey[], chosen: ReadonlySet<TableKey>): Held[] {
  if (chosen.size === 0) return [];
  const listed = new Set(now);
  return before.flatMap((key, at) => (chosen.has(key) && !listed.has(key) ? [{ key, at }] : []));
}

export function withHeld(now: readonly TableKey[], held: readonly Held[]): readonly TableKey[] {
  if (held.length === 0) return now;
  const kept = new Map(held.map(({ key, at }) => [at, key]));
  const keys: TableKey[] = [];
  for (const key of now) {
    for (let other = kept.get(keys.length); other !== undefined; other = kept.get(keys.length)) keys.push(other);
    keys.push(key);
  }
  // Whatever stood after the last that is left.
  const there = new Set(keys);
  return [...keys, ...held.flatMap(({ key }) => (there.has(key) ? [] : [key]))];
}
