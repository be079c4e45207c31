import type { MapInterface, MapTable } from "../ipc/bindings";
import { DispositionLetter } from "../parts/Disposition";
import { count, counted } from "../parts/format";
import { MiddleCut } from "../parts/MiddleCut";

export function TableNode({ table, simple }: { table: MapTable; simple: boolean }) {
  return (
    <>
      <span className="node-name">
        <DispositionLetter of={table.disposition} />
        <strong title={table.table}>
          <MiddleCut text={table.table} />
        </strong>
      </span>
      {!simple && (
        <span className="node-facts">
          {table.present ? counted(table.rows, "row") : "not in this snapshot"}
          {" · "}
          {table.columns_mapped > 0
            ? `${count(table.columns_mapped)} of ${count(table.columns)} columns mapped`
            : counted(table.columns, "column")}
        </span>
      )}
    </>
  );
}

export function InterfaceNode({ of, tables, simple }: { of: MapInterface; tables: number; simple: boolean }) {
  return (
    <>
      <span className="node-name">
        <strong title={of.title}>
          <MiddleCut text={of.title} />
        </strong>
      </span>
      {!simple && (
        <span className="node-facts">
          {of.in_use ? (
            <>
              {of.required_missing > 0 && (
                <span className="missing">{count(of.required_missing)} required missing · </span>
              )}
              {count(of.mapped)} of {counted(of.fields, "field")} · {counted(tables, "table")}
            </>
          ) : (
            <>
              {of.kind} · {counted(of.fields, "field")}
              {of.required > 0 && `, ${count(of.required)} required`}
            </>
          )}
        </span>
      )}
    </>
  );
}
