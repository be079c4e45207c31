import type { TableKey } from "../ipc/bindings";
import { apart, keyName } from "./format";
import { MiddleCut } from "./MiddleCut";

type Props = { of: TableKey; withDatabase: boolean; title?: string };

/** The name first; its database only where it tells tables apart. */
export function TableName({ of, withDatabase, title }: Props) {
  const [database, table] = apart(of);
  return (
    <span className="table-name" title={title || keyName(of)}>
      <MiddleCut text={table} />
      {withDatabase && database !== "" && <span className="faint">{database}</span>}
    </span>
  );
}
