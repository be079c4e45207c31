import { useAnswer } from "../ipc/queries";
import { Failure, Waiting } from "../parts/Bits";
import { useSpot } from "../parts/where";
import { FieldsOpen } from "./FieldsOpen";
import { Overview } from "./Overview";
import "./map.css";

/** Tables to interfaces; or, with a link open, columns to fields. */
export function MapPlace() {
  const { table, interface: target } = useSpot();
  const { data, error, refetch } = useAnswer("map_overview", null);
  if (error) return <Failure what="The map was not read" error={error} retry={() => refetch()} />;
  if (!data) return <Waiting what="Reading the map…" />;
  if (table !== undefined && target !== undefined) {
    return <FieldsOpen key={`${target} ${table}`} overview={data} table={table} target={target} />;
  }
  return <Overview overview={data} />;
}
