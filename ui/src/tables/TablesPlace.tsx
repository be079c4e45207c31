import { useSpot } from "../parts/where";
import { TableList } from "./TableList";
import { TableOpen } from "./TableOpen";
import "./tables.css";

export function TablesPlace() {
  const { table } = useSpot();
  return table === undefined ? <TableList /> : <TableOpen key={table} table={table} />;
}
