import { useAnswer } from "../ipc/queries";
import { Failure, Waiting } from "../parts/Bits";
import { counted } from "../parts/format";

export function Modules() {
  const { data, error } = useAnswer("modules", null);
  if (error) return <Failure what="The modules were not read" error={error} />;
  if (!data) return <Waiting what="Reading the modules…" />;
  return (
    <section className="screen" aria-label="Modules">
      <header className="screen-head">
        <h1>Modules</h1>
      </header>
      <ul>
        {data.map(({ module, tables, rows }) => (
          <li key={module.name}>
            {module.name} {counted(tables, "table")} {counted(rows, "row")}
          </li>
        ))}
      </ul>
    </section>
  );
}
