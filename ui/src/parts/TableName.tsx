import type { TableKey } from "../ipc/bindings";
import { apart, keyName } from "./format";
import { MiddleCut } from "./MiddleCut";

type Props = {
  of: TableKey;
  withDatabase: boolean;
  /** Where it is known: the key of a table of the main database has none. */
  database?: string | null;
  title?: string;
};

/** The name first; its database only where it tells tables apart. */
export function TableName({ of, withDatabase, database, title }: Props) {
  const [named, table] = apart(of);
  const beside = database ?? named;
  return (
    <span className="table-name" title={title || keyName(of)}>
      <MiddleCut text={table} />
      {withDatabase && beside !== "" && <span className="faint">{beside}</span>}
    </span>
  );
}
