import { type ColumnFacts, type FieldFacts, REQUIREMENTS, type Requirement, type TableKey } from "../ipc/bindings";
import { AbsentMark, FilledBar } from "../parts/Bits";
import { DispositionLetter } from "../parts/Disposition";
import { counted, tableOf } from "../parts/format";
import { MiddleCut } from "../parts/MiddleCut";

export function requirementWord(code: Requirement): string {
  return (REQUIREMENTS.find((one) => one.code === code)?.label ?? code).toLowerCase();
}

/** By a column, by a constant, or by nothing for a reason. */
export function isSettled(field: FieldFacts): boolean {
  return field.mapped_from.length > 0 || field.constant !== null || field.waived !== null;
}

export function isMissing(field: FieldFacts): boolean {
  return field.requirement === "R" && !isSettled(field);
}

export function ColumnNode({ column, simple }: { column: ColumnFacts; simple: boolean }) {
  const { figures } = column;
  return (
    <>
      <span className="node-name">
        {column.own && <DispositionLetter of={column.disposition} />}
        <span className="mono" title={column.column}>
          <MiddleCut text={column.column} />
        </span>
      </span>
      {!simple && (
        <span className="node-facts">
          {column.filled_percent === null ? (
            <AbsentMark state={column.state} />
          ) : (
            <>
              <FilledBar value={column.filled_percent} /> {figures.inferred_type}
              {figures.format && ` ${figures.format}`} · {counted(figures.distinct, "value")}
            </>
          )}
        </span>
      )}
    </>
  );
}

type FieldProps = { field: FieldFacts; table: TableKey; simple: boolean };

export function FieldNode({ field, table, simple }: FieldProps) {
  const elsewhere = field.mapped_from.filter((column) => tableOf(column) !== table).length;
  return (
    <>
      <span className="node-name">
        <span className="mono" title={field.name}>
          <MiddleCut text={field.name} />
        </span>
        <NeedMark field={field} />
      </span>
      {!simple && (
        <span className="node-facts">
          {[
            field.label !== field.name && field.label,
            field.kind,
            field.constant !== null && `always ${field.constant}`,
            field.waived !== null && "waived",
            elsewhere > 0 && `also from ${counted(elsewhere, "column")} elsewhere`,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      )}
    </>
  );
}

export function NeedMark({ field }: { field: FieldFacts }) {
  if (field.requirement === "O") return null;
  const required = field.requirement === "R";
  const state = required ? (isMissing(field) ? "missing" : "met") : undefined;
  return (
    <span className="need" data-need={state}>
      {state === "met" && "✓ "}
      {state === "missing" && "▲ "}
      {requirementWord(field.requirement)}
    </span>
  );
}
