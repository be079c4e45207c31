import type { DecideColumns, DecideTables } from "../ipc/bindings";
import { useAct } from "../ipc/queries";
import { tellError } from "../parts/notices";

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
