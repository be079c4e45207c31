import { useMemo } from "react";
import type { TablePage, TableQuery } from "../ipc/bindings";
import { useAnswer } from "../ipc/queries";
import { apart } from "./format";

/** Asks for the keys of all tables, which come whatever the limit; of the rows only one. */
export const ALL_KEYS: TableQuery = {
  text: "",
  dispositions: [],
  module: null,
  filled: null,
  sort: "name",
  descending: false,
  offset: 0,
  limit: 1,
};

const THE_LAST: TableQuery = { ...ALL_KEYS, descending: true };

/** Whether tables are of several databases: the list is by database first, and names need theirs to be told apart. */
export function useManyDatabases(): boolean {
  const { keys, rows } = useAnswer("tables", ALL_KEYS, { keep: true }).data ?? NOTHING;
  // By name they come by database first, so that the ends tell; the key of a table of the main one has none.
  const last = useAnswer("tables", THE_LAST, { keep: true }).data ?? NOTHING;
  const named = useMemo(() => new Set(keys.map((key) => apart(key)[0])).size > 1, [keys]);
  return named || rows[0]?.database !== last.rows[0]?.database;
}

const NOTHING: TablePage = { total: 0, rows: [], keys: [] };
