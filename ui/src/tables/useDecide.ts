import type { DecideColumns, DecideTables } from "../ipc/bindings";
import { useAct } from "../ipc/queries";
import type { Action } from "../parts/actions";
import { enterField } from "../parts/focus";
import { tellError } from "../parts/notices";
import { TABLES } from "../words";

type Tables = Pick<DecideTables, "tables"> & Partial<DecideTables>;
type Columns = Pick<DecideColumns, "columns"> & Partial<DecideColumns>;

/** Decides tables; parts that are left out stay as they are. */
export function useDecide() {
  const decide = useAct("decide_tables");
  return (part: Tables) =>
    decide.mutate(
      { disposition: null, reason: null, module: null, comment: null, ...part },
      { onError: (error) => tellError("Nothing was decided", error) },
    );
}

export function useDecideColumns() {
  const decide = useAct("decide_columns");
  return (part: Columns) =>
    decide.mutate(
      { disposition: null, reason: null, ...part },
      { onError: (error) => tellError("Nothing was decided", error) },
    );
}

/** Into the fields of what is chosen; Esc and Enter come back to the list. */
export function fieldActions(group: string, enabled: boolean): Action[] {
  return [
    { id: "reason", name: TABLES.writeReason, group, keys: ["r"], enabled, run: () => enterField("reason") },
    { id: "module", name: TABLES.setModule, group, keys: ["m"], enabled, run: () => enterField("module") },
  ];
}
