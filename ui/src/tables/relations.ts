import type { ColumnKey, Relation, RelationEnd } from "../ipc/bindings";

/** `employee.employee_id`. */
export function endName({ table, columns }: RelationEnd): string {
  return `${table}.${columns.join(", ")}`;
}

export const relationKey = ({ from, to }: Relation) => `${from.key} ${from.columns} ${to.key} ${to.columns}`;

/** As keys are written: `/` and `%` in a name by their numbers. */
export function keysOf({ key, columns }: RelationEnd): ColumnKey[] {
  return columns.map((name) => `${key}/${name.replaceAll("%", "%25").replaceAll("/", "%2F")}`);
}

/** Of the rows that hold something. */
export function coverageOf({ coverage }: Pick<Relation, "coverage">): string {
  if (coverage === null) return "";
  // 99.96 % is not all.
  const percent = Math.floor(coverage * 1000) / 10;
  return ` · ${percent} % found`;
}
