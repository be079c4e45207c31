import { useCallback } from "react";
import type { LogLine } from "../ipc/bindings";
import { call } from "../ipc/client";
import { useAct, useProject } from "../ipc/queries";
import { Empty, Failure } from "../parts/Bits";
import { moment } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { usePaged } from "../parts/grid/paged";
import { KeptField } from "../parts/KeptField";
import { tellError } from "../parts/notices";
import { HISTORY } from "../words";

const PAGE = 200;

const COLUMNS: GridColumn<LogLine>[] = [
  { id: "seq", header: "No.", width: 64, numeric: true, cell: (line) => line.seq },
  { id: "at", header: "When", width: 140, cell: (line) => moment(line.at) },
  { id: "who", header: "Who", width: 140, cell: (line) => line.who },
  { id: "act", header: HISTORY.action, width: 70, cell: (line) => ACTS[line.act] ?? line.act },
  {
    id: "label",
    header: HISTORY.details,
    width: 300,
    grow: 1,
    cell: (line) => <span title={line.label}>{line.label}</span>,
  },
];

const ACTS: Record<string, string> = { edit: "Edit", undo: "Undo", redo: "Redo", act: HISTORY.acted };

/** Every edit, undo and act, newest first. */
export function History() {
  const ask = useCallback(async (offset: number) => {
    const rows = await call("history", { offset, limit: PAGE });
    // The log does not tell its length: a full page means that there may be one more.
    return { total: offset + rows.length + (rows.length === PAGE ? 1 : 0), rows };
  }, []);
  const { total, row, onSpan, error } = usePaged<LogLine>(["history"], PAGE, ask);
  return (
    <section className="screen" aria-label="History">
      <header className="screen-head">
        <h1>History of edits</h1>
        <span className="faint grow">
          Every edit with who and when, newest first. Undo takes back the newest that stands.
        </span>
        <DecidedBy />
      </header>
      {error ? (
        <Failure what="The history was not read" error={error} />
      ) : (
        <Grid
          label="History of edits"
          testId="history-grid"
          columns={COLUMNS}
          name="history"
          count={total ?? 0}
          row={row}
          onSpan={onSpan}
          empty={total === 0 && <Empty icon="undo" title="Nothing was decided yet" />}
        />
      )}
    </section>
  );
}

/** Whose name stands beside decisions from now on. */
function DecidedBy() {
  const who = useProject()?.who ?? "";
  const set = useAct("set_who");
  return (
    <KeptField
      label={HISTORY.yourName}
      value={who}
      testId="who"
      onKeep={(name) => set.mutate({ who: name }, { onError: (error) => tellError("The name was not changed", error) })}
    />
  );
}
