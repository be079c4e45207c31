// One box: names while one types, values at Enter.

import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useMemo, useRef, useState } from "react";
import { create } from "zustand";
import { useAct, useAnswer, useJobsSoon, useRunning } from "../ipc/queries";
import { useActions } from "../parts/actions";
import { Empty, Failure } from "../parts/Bits";
import { DispositionBadge } from "../parts/Disposition";
import { enterList } from "../parts/focus";
import { count, counted } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { NOTHING, type Selection } from "../parts/grid/selection";
import { Icon } from "../parts/icons";
import { JobProgress } from "../parts/JobProgress";
import { tellError } from "../parts/notices";
import { TableName } from "../parts/TableName";
import { useManyDatabases } from "../parts/useManyDatabases";
import { go } from "../parts/where";
import { FIND } from "../words";
import { FoundRowsDialog } from "./FoundRowsDialog";
import { type Line, linesOf } from "./found";

const MOST = 200;

/** What was typed, and what values were searched for: one comes back to it from a table. */
const useTyped = create<{ text: string; asked: string }>(() => ({ text: "", asked: "" }));

export function NamesAndValues({ asked: brought }: { asked?: string }) {
  const { text, asked } = useTyped();
  const field = useRef<HTMLInputElement>(null);
  const [typed] = useDebouncedValue(text.trim(), 120);
  const names = useAnswer("find_names", { text: typed, limit: MOST }, { enabled: typed !== "", keep: true });
  const values = useAnswer("find_values", { text: asked }, { enabled: asked !== "" });
  useJobsSoon(values.isFetching);
  const job = useRunning("find");
  const cancel = useAct("cancel_job");
  useEffect(() => {
    if (brought) useTyped.setState({ text: brought, asked: brought });
    field.current?.focus();
  }, [brought]);
  useActions([{ id: "find-box", name: FIND.what, group: FIND.title, keys: ["/"], run: () => field.current?.focus() }]);
  const search = () => {
    if (job && values.isFetching) cancel.mutate({ id: job.id });
    useTyped.setState({ asked: text.trim() });
  };
  const isAsked = asked !== "" && asked === text.trim();
  const lines = useMemo(
    () => linesOf(typed === "" ? undefined : names.data, isAsked ? values.data : undefined),
    [typed, names.data, isAsked, values.data],
  );
  return (
    <>
      <form
        className="find-box"
        onSubmit={(event) => {
          event.preventDefault();
          search();
        }}
      >
        <TextInput
          ref={field}
          className="grow"
          aria-label={FIND.what}
          placeholder={FIND.placeholder}
          leftSection={<Icon name="search" size={16} />}
          value={text}
          data-testid="find-text"
          onChange={(event) => useTyped.setState({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "ArrowDown") return;
            event.preventDefault();
            enterList(event.currentTarget);
          }}
        />
        <Button type="submit" variant="default" data-testid="find-values" disabled={text.trim() === ""}>
          {FIND.values}
        </Button>
      </form>
      <Told lines={lines} typed={typed} isAsked={isAsked} names={names.data} values={values.data} />
      {isAsked && values.isFetching && job && (
        <div className="find-job">
          <JobProgress job={job} />
        </div>
      )}
      {names.error && <Failure what={FIND.notFound} error={names.error} />}
      {isAsked && values.error && (
        <Failure what={FIND.notSearched} error={values.error} retry={() => values.refetch()} />
      )}
      <List lines={lines} typed={typed} asked={isAsked ? asked : ""} busy={names.isFetching || values.isFetching} />
    </>
  );
}

type ToldProps = {
  lines: Line[];
  typed: string;
  isAsked: boolean;
  names: ReturnType<typeof useAnswer<"find_names">>["data"];
  values: ReturnType<typeof useAnswer<"find_values">>["data"];
};

/** What was found, and how it was looked for. */
function Told({ typed, isAsked, names, values }: ToldProps) {
  const index = useAnswer("word_index", null);
  const making = useRunning("index");
  const start = useAct("start_index");
  if (typed === "") return null;
  const whole = index.data !== undefined && index.data.indexed === index.data.tables;
  const parts = [
    names && counted(names.tables_total, "table"),
    names && counted(names.columns_total, "column"),
    isAsked && values && `values of ${counted(values.places.length, "column")}`,
    isAsked && values && `${counted(values.rows_read, "row")} read in ${values.seconds.toFixed(1)} s`,
    !isAsked && FIND.valuesFirst,
  ].filter(Boolean);
  return (
    <div className="find-told">
      <span className="faint num" role="status" data-testid="find-told">
        {parts.join(" · ")}
      </span>
      {isAsked && values && !whole && !making && (
        <button
          type="button"
          className="link"
          title={FIND.indexWhy}
          data-testid="make-index"
          onClick={() => start.mutate(null, { onError: (error) => tellError(FIND.indexNotMade, error) })}
        >
          {FIND.index}
        </button>
      )}
    </div>
  );
}

function List({ lines, typed, asked, busy }: { lines: Line[]; typed: string; asked: string; busy: boolean }) {
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [open, setOpen] = useState<Line | null>(null);
  const manyDatabases = useManyDatabases();
  const columns = useMemo(() => columnsOf(manyDatabases), [manyDatabases]);
  const keys = useMemo(() => lines.map(({ id }) => id), [lines]);
  if (typed === "") {
    return (
      <Empty icon="search" title={FIND.empty}>
        {FIND.emptyWhy}
      </Empty>
    );
  }
  const onOpen = (id: string) => {
    const line = lines.find((one) => one.id === id);
    if (line?.kind === "values") setOpen(line);
    else if (line) go({ place: "tables", table: line.table, column: line.key ?? undefined });
  };
  return (
    <>
      <Grid<Line>
        label={FIND.title}
        testId="find-grid"
        name="find"
        columns={columns}
        count={lines.length}
        busy={busy}
        row={(at) => lines[at]}
        keys={keys}
        selection={selection}
        onSelection={setSelection}
        onOpen={onOpen}
        rowsOf={async (ids) => ids.flatMap((id) => lines.find((one) => one.id === id) ?? [])}
        empty={
          lines.length === 0 && !busy && <Empty icon="search" title={asked === "" ? FIND.nothingNamed : FIND.nothing} />
        }
      />
      {open?.key && <FoundRowsDialog text={asked} table={open.table} column={open.key} onClose={() => setOpen(null)} />}
    </>
  );
}

const KINDS = { table: FIND.table, column: FIND.column, values: FIND.value } as const;

const columnsOf = (manyDatabases: boolean): GridColumn<Line>[] => [
  {
    id: "kind",
    header: FIND.kind,
    width: 80,
    value: ({ kind }) => KINDS[kind],
    cell: ({ kind }) => (
      <span className="find-kind" data-kind={kind}>
        {KINDS[kind]}
      </span>
    ),
  },
  {
    id: "table",
    header: FIND.table,
    width: 180,
    grow: 1,
    value: ({ table }) => table,
    cell: ({ table }) => <TableName of={table} withDatabase={manyDatabases} />,
  },
  {
    id: "column",
    header: FIND.column,
    width: 160,
    grow: 1,
    value: ({ column }) => column,
    cell: ({ column }) => (column ? <span className="mono">{column}</span> : <span className="faint">–</span>),
  },
  {
    id: "rows",
    header: "Rows",
    width: 90,
    numeric: true,
    value: ({ rows }) => rows,
    cell: ({ rows }) => count(rows),
  },
  {
    id: "disposition",
    header: "Disposition",
    width: 160,
    value: ({ disposition }) => disposition,
    cell: ({ disposition }) => <DispositionBadge of={disposition} quiet={disposition === "undecided"} />,
  },
  {
    id: "why",
    header: FIND.why,
    width: 240,
    grow: 2,
    value: ({ why }) => why,
    cell: ({ why }) => (
      <span className="faint" title={why}>
        {why}
      </span>
    ),
  },
];
