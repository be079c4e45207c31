// Filters, order and groups of the list of tables under a name: ready-made ones, and those a person saved.

import { DISPOSITIONS } from "../parts/disposition";
import type { KeptFilter } from "../parts/prefs";
import { FILTERS } from "../words";
import type { GroupBy } from "./grouping";
import { FRESH, isListSort, type Listing } from "./listing";

/** All that narrows, sorts and groups the list; not what is chosen in it. */
export type Filter = Pick<
  Listing,
  "text" | "dispositions" | "module" | "filled" | "inUse" | "personData" | "sort" | "descending" | "group"
>;

export const ALL: Filter = filterOf(FRESH);

export function filterOf(of: Filter): Filter {
  const { text, dispositions, module, filled, inUse, personData, sort, descending, group } = of;
  return { text: text.trim(), dispositions, module, filled, inUse, personData, sort, descending, group };
}

export const READY_MADE: readonly { name: string; of: Filter }[] = [
  { name: FILTERS.toDecide, of: { ...ALL, inUse: true, personData: true, dispositions: ["undecided"] } },
  { name: FILTERS.largest, of: { ...ALL, filled: true, dispositions: ["undecided"], sort: "rows", descending: true } },
  { name: FILTERS.empty, of: { ...ALL, filled: false } },
];

/** The same, whatever the order in which dispositions were chosen. */
export function isSame(a: Filter, b: Filter): boolean {
  const written = (of: Filter) => JSON.stringify(filterOf({ ...of, dispositions: of.dispositions.toSorted() }));
  return written(a) === written(b);
}

const GROUPS: readonly unknown[] = ["role", "module", "disposition", "family"] satisfies GroupBy[];

/** What was kept by this or another version: what is not understood is as in a fresh list. */
export function read({ of }: KeptFilter): Filter {
  const codes = DISPOSITIONS.map(({ code }) => code);
  const wanted = Array.isArray(of.dispositions) ? of.dispositions : [];
  return {
    text: typeof of.text === "string" ? of.text : "",
    dispositions: codes.filter((code) => wanted.includes(code)),
    module: typeof of.module === "string" ? of.module : null,
    filled: typeof of.filled === "boolean" ? of.filled : null,
    inUse: of.inUse === true,
    personData: of.personData === true,
    sort: isListSort(of.sort) ? of.sort : ALL.sort,
    descending: of.descending === true,
    group: GROUPS.includes(of.group) ? (of.group as GroupBy) : null,
  };
}

const byName = (a: KeptFilter, b: KeptFilter) => a.name.localeCompare(b.name);

/** Under a name there is one: another takes its place. */
export function saved(filters: readonly KeptFilter[], name: string, of: Filter): KeptFilter[] {
  return [...removed(filters, name), { name: name.trim(), of: { ...filterOf(of) } }].sort(byName);
}

export function removed(filters: readonly KeptFilter[], name: string): KeptFilter[] {
  return filters.filter((filter) => filter.name !== name.trim());
}

/** Undefined where the new name is none, or another's. */
export function renamed(filters: readonly KeptFilter[], from: string, to: string): KeptFilter[] | undefined {
  const name = to.trim();
  if (name === "" || (name !== from && filters.some((filter) => filter.name === name))) return undefined;
  return filters.map((filter) => (filter.name === from ? { ...filter, name } : filter)).sort(byName);
}
