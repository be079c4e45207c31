import { Button } from "@mantine/core";
import type { TableKey } from "../ipc/bindings";
import { useAct } from "../ipc/queries";
import { counted, keyName } from "../parts/format";
import { Icon } from "../parts/icons";
import { tellError } from "../parts/notices";

/** Nobody shows people's data to a room without being told so, all the time it lasts. */
export function RawStrip({ unmasked }: { unmasked: TableKey[] }) {
  const mask = useAct("mask");
  if (unmasked.length === 0) return null;
  const maskAll = async () => {
    try {
      for (const table of unmasked) await mask.mutateAsync({ table });
    } catch (error) {
      tellError("Not every table was masked again", error as Error);
    }
  };
  return (
    <div className="raw-strip" role="status" data-testid="raw-strip">
      <Icon name="eye" />
      <strong>Raw values showing</strong>
      <span className="grow raw-names" title={unmasked.map(keyName).join(", ")}>
        {counted(unmasked.length, "table")}: {unmasked.map(keyName).join(", ")}
      </span>
      <Button size="compact-xs" variant="default" data-testid="mask-all" loading={mask.isPending} onClick={maskAll}>
        Mask all again
      </Button>
    </div>
  );
}
