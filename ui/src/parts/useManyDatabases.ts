import { useMemo } from "react";
import type { TableQuery } from "../ipc/bindings";
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

/** Whether tables need their database's name to be told apart. */
export function useManyDatabases(): boolean {
  const keys = useAnswer("tables", ALL_KEYS, { keep: true }).data?.keys;
  return useMemo(() => new Set(keys?.map((key) => apart(key)[0]).filter((name) => name !== "")).size > 1, [keys]);
}
