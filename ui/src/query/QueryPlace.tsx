import { Button, Textarea } from "@mantine/core";
import { useMemo } from "react";
import { create } from "zustand";
import type { QueryAnswer, Shown } from "../ipc/bindings";
import { useAct } from "../ipc/queries";
import { useActions } from "../parts/actions";
import { Empty, Failure, Waiting } from "../parts/Bits";
import { count, counted } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { written } from "../parts/keys";
import { ShownValue } from "../parts/ShownValue";
import "./query.css";

const MOST_ROWS = 1000;

/** Kept while the person is elsewhere in the window, and no longer. */
const useWritten = create<{ sql: string }>(() => ({ sql: "" }));

/** One SELECT on the staged tables. It cannot change anything, and its answer is masked. */
export function QueryPlace() {
  const sql = useWritten((query) => query.sql);
  const ask = useAct("query");
  const run = () => {
    if (sql.trim() !== "" && !ask.isPending) ask.mutate({ sql, raw: false, limit: MOST_ROWS });
  };
  useActions([
    {
      id: "run-query",
      name: "Run the query",
      group: "Query",
      keys: ["mod+enter"],
      always: true,
      enabled: sql.trim() !== "",
      run,
    },
  ]);
  return (
    <section className="screen" aria-label="Query">
      <header className="screen-head">
        <h1>Query</h1>
        <span className="faint">A SELECT on the staged tables. It reads only, and values come masked.</span>
      </header>
      <div className="query-form">
        <Textarea
          autosize
          minRows={3}
          maxRows={12}
          aria-label="SELECT statement"
          placeholder="SELECT status, count(*) FROM clinicvisit GROUP BY status"
          classNames={{ input: "query-text" }}
          spellCheck={false}
          value={sql}
          data-testid="query-text"
          onChange={(event) => useWritten.setState({ sql: event.target.value })}
        />
        <div className="row">
          <Button size="xs" disabled={sql.trim() === ""} loading={ask.isPending} data-testid="query-run" onClick={run}>
            Run
          </Button>
          <kbd>{written("mod+enter")}</kbd>
          <span className="faint num" role="status">
            {ask.data && told(ask.data)}
          </span>
        </div>
      </div>
      {ask.isPending && <Waiting what="Asking…" />}
      {ask.error && <Failure what="The query was not answered" error={ask.error} />}
      {ask.data && !ask.isPending && <Answer answer={ask.data} />}
    </section>
  );
}

function told({ rows, cut }: QueryAnswer): string {
  return cut ? `the first ${count(rows.length)} rows` : counted(rows.length, "row");
}

type Row = { cells: Shown[] };

const WIDTH = 180;

function Answer({ answer }: { answer: QueryAnswer }) {
  const columns = useMemo(
    () =>
      answer.columns.map(
        (name, at): GridColumn<Row> => ({
          id: `${at}`,
          header: name,
          width: WIDTH,
          cell: (row) => {
            const value = row.cells[at];
            return value && <ShownValue value={value} most={60} />;
          },
        }),
      ),
    [answer],
  );
  const rows = useMemo(() => answer.rows.map((cells): Row => ({ cells })), [answer]);
  return (
    <Grid<Row>
      label="Answer"
      testId="query-grid"
      columns={columns}
      count={rows.length}
      row={(at) => rows[at]}
      empty={rows.length === 0 && <Empty icon="search" title="No row answers it" />}
    />
  );
}
