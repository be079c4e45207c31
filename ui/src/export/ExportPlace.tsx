import { useAnswer } from "../ipc/queries";
import { Failure, Waiting } from "../parts/Bits";

export function ExportPlace() {
  const { data, error } = useAnswer("export_preview", { kind: "map" });
  if (error) return <Failure what="The export was not prepared" error={error} />;
  if (!data) return <Waiting what="Preparing…" />;
  return (
    <ul className="scroll">
      {data.sheets.map((sheet) => (
        <li key={sheet.name}>
          {sheet.name}: {sheet.rows} rows
        </li>
      ))}
    </ul>
  );
}
