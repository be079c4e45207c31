import type { TableKey } from "../../ipc/bindings";
import { useAct } from "../../ipc/queries";
import { tellError } from "../notices";

/** Looks closely at these tables, at all where there are none. */
export function useAnalyze() {
  const start = useAct("start_analysis");
  return (tables: TableKey[], again = false) =>
    start.mutate({ tables, again }, { onError: (error) => tellError("The analysis did not start", error) });
}
