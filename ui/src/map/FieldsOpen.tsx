import { Button, Select } from "@mantine/core";
import type { MapOverview, TableKey } from "../ipc/bindings";
import { useAnswer } from "../ipc/queries";
import { Failure, Waiting } from "../parts/Bits";
import { count } from "../parts/format";
import { Icon } from "../parts/icons";
import { go } from "../parts/where";
import { Fields } from "./Fields";

type Props = { overview: MapOverview; table: TableKey; target: string };

/** One table beside one interface. */
export function FieldsOpen({ overview, table, target }: Props) {
  const { data, error, refetch } = useAnswer("map_detail", { table, interface: target });
  return (
    <section className="screen" aria-label="Fields">
      <header className="screen-head">
        <button type="button" className="back" onClick={() => go({ place: "map" })}>
          <Icon name="collapse" size={14} /> Map
        </button>
        <Choosers overview={overview} table={table} target={target} />
        <span className="grow" />
        {data && (
          <span className="faint num" role="status">
            {count(data.interface.mapped)} of {count(data.interface.fields)} fields mapped
            {data.interface.required_missing > 0 && (
              <span className="missing"> · {count(data.interface.required_missing)} required missing</span>
            )}
          </span>
        )}
      </header>
      {error && <Failure what="The fields were not read" error={error} retry={() => refetch()} />}
      {!data && !error && <Waiting what="Reading the fields…" />}
      {data && <Fields detail={data} />}
    </section>
  );
}

/** The table and the interface, each to be exchanged for another that is linked to its opposite. */
function Choosers({ overview, table, target }: Props) {
  const linked = overview.links;
  const tables = overview.tables.filter(
    ({ key }) => key === table || linked.some((link) => link.interface === target && link.table === key),
  );
  const interfaces = overview.interfaces.filter(
    ({ id }) => id === target || linked.some((link) => link.table === table && link.interface === id),
  );
  const connected = linked.some((link) => link.table === table && link.interface === target);
  return (
    <div className="fields-title">
      <Select
        size="xs"
        w="12rem"
        aria-label="Table"
        allowDeselect={false}
        value={table}
        data={tables.map((one) => ({ value: one.key, label: one.table }))}
        onChange={(to) => to !== null && go({ place: "map", table: to, interface: target })}
      />
      <span aria-hidden>→</span>
      <Select
        size="xs"
        w="15rem"
        aria-label="Interface"
        allowDeselect={false}
        value={target}
        data={interfaces.map((one) => ({ value: one.id, label: one.title }))}
        onChange={(to) => to !== null && go({ place: "map", table, interface: to })}
      />
      <Button size="compact-xs" variant="default" onClick={() => go({ place: "tables", table })}>
        Sample rows
      </Button>
      {!connected && <span className="faint">not linked yet; the first mapping links them</span>}
    </div>
  );
}
