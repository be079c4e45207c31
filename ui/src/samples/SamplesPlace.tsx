import { useAnswer } from "../ipc/queries";
import { Failure, Waiting } from "../parts/Bits";

export function SamplesPlace() {
  const { data, error } = useAnswer("sample_plan", { table: null, text: "", offset: 0, limit: 200 });
  if (error) return <Failure what="The sample plan was not read" error={error} />;
  if (!data) return <Waiting what="Reading the sample plan…" />;
  return (
    <ul className="scroll">
      {data.columns.map((column) => (
        <li key={column.key}>
          {column.key} {column.class} {column.action}
        </li>
      ))}
    </ul>
  );
}
