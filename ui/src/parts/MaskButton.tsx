import { Button } from "@mantine/core";
import type { TableKey } from "../ipc/bindings";
import { useAct } from "../ipc/queries";
import { MASKING } from "../words";
import { useActions } from "./actions";
import { keyName } from "./format";
import { Icon } from "./icons";
import { tellError } from "./notices";

/** The same by its name, wherever the table is open. */
export function useMaskAction(table: TableKey, unmasked: boolean) {
  const unmask = useAct("unmask");
  const mask = useAct("mask");
  useActions([
    {
      id: "unmask",
      name: `${unmasked ? MASKING.mask : MASKING.unmask} ${keyName(table)}`,
      also: MASKING.also,
      group: "Tables",
      run: () =>
        unmasked
          ? mask.mutate({ table }, { onError: (error) => tellError("The table was not masked", error) })
          : unmask.mutate({ table }, { onError: (error) => tellError("The table stays masked", error) }),
    },
  ]);
}

/** Shows a table's raw values, or masks them again. Showing is an act, and stands in the history. */
export function MaskButton({ table, unmasked }: { table: TableKey; unmasked: boolean }) {
  const unmask = useAct("unmask");
  const mask = useAct("mask");
  if (unmasked) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        data-testid="mask"
        loading={mask.isPending}
        onClick={() => mask.mutate({ table }, { onError: (error) => tellError("The table was not masked", error) })}
      >
        {MASKING.mask}
      </Button>
    );
  }
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<Icon name="eye" size={15} />}
      data-testid="unmask"
      loading={unmask.isPending}
      title="For this table, until the program is closed; it is written into the history"
      onClick={() => unmask.mutate({ table }, { onError: (error) => tellError("The table stays masked", error) })}
    >
      {MASKING.unmask}
    </Button>
  );
}
