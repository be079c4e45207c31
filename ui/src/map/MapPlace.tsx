import { useAnswer } from "../ipc/queries";
import { Failure, Waiting } from "../parts/Bits";

export function MapPlace() {
  const { data, error } = useAnswer("map_overview", null);
  if (error) return <Failure what="The map was not read" error={error} />;
  if (!data) return <Waiting what="Reading the map…" />;
  return (
    <ul className="scroll">
      {data.links.map((link) => (
        <li key={`${link.table} ${link.interface}`}>
          {link.table} → {link.interface} ({link.mapped})
        </li>
      ))}
    </ul>
  );
}
