// Edits of the map, each with what is told when it fails.

import type { ChangeMapping, ColumnKey, LinkName, TableKey } from "../ipc/bindings";
import { useAct } from "../ipc/queries";
import { counted } from "../parts/format";
import { tell, tellError } from "../parts/notices";

export function useLinkEdits() {
  const connect = useAct("connect_tables");
  const move = useAct("move_link");
  const disconnect = useAct("disconnect_table");
  const attempt = async (what: string, edit: () => Promise<unknown>) => {
    try {
      await edit();
    } catch (error) {
      tellError(what, error as Error);
    }
  };
  return {
    connect: (tables: TableKey[], target: string) =>
      attempt("The table was not connected", () => connect.mutateAsync({ tables, interface: target })),
    disconnect: (link: LinkName) => attempt("The link was not removed", () => disconnect.mutateAsync(link)),
    retarget: (link: LinkName, mapped: number, target: string) =>
      attempt("The link was not moved", async () => {
        if (target === link.interface) return;
        await move.mutateAsync({ table: link.table, from: link.interface, to: target });
        if (mapped === 0) return;
        const lost = counted(mapped, "field mapping");
        tell({
          title: "The link was moved",
          text: `${lost} to the earlier interface went with it. Undo brings them back.`,
          tone: "attention",
        });
      }),
  };
}

type Change = Pick<ChangeMapping, "id"> & Partial<ChangeMapping>;

export function useMappingEdits(target: string) {
  const map = useAct("map_columns");
  const constant = useAct("set_constant");
  const waive = useAct("waive_field");
  const change = useAct("change_mapping");
  const remove = useAct("remove_mapping");
  return {
    map: async (columns: ColumnKey[], field: string) => {
      try {
        // One act, so one edit: undo takes all of them back.
        await map.mutateAsync({ columns: columns.map((column) => ({ column, interface: target, field })) });
      } catch (error) {
        tellError("The column was not mapped", error as Error);
      }
    },
    constant: (field: string, value: string) =>
      constant.mutate(
        { interface: target, field, value },
        { onError: (error) => tellError("The constant was not set", error) },
      ),
    waive: (field: string, reason: string) =>
      waive.mutate(
        { interface: target, field, reason },
        { onError: (error) => tellError("The field was not waived", error) },
      ),
    change: (part: Change) =>
      change.mutate(
        { field: null, order: null, description: null, transform: null, comment: null, status: null, ...part },
        { onError: (error) => tellError("The mapping was not changed", error) },
      ),
    remove: (id: string) =>
      remove.mutate({ id }, { onError: (error) => tellError("The mapping was not removed", error) }),
  };
}
