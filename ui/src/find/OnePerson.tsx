// One person through all tables: what a map forgets is seen first on one whole chart.

import { useDebouncedValue } from "@mantine/hooks";
import { useCallback, useMemo, useRef, useState } from "react";
import { create } from "zustand";
import type { PersonFacts, PersonTableFacts } from "../ipc/bindings";
import { call } from "../ipc/client";
import { useAnswer, useJobsSoon, useRunning } from "../ipc/queries";
import { useActions } from "../parts/actions";
import { Bars } from "../parts/analysis/Bars";
import { yearBars } from "../parts/analysis/years";
import { Empty, Failure, Waiting } from "../parts/Bits";
import { DispositionBadge } from "../parts/Disposition";
import { FilterField } from "../parts/FilterField";
import { count, counted, keyName } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { usePaged } from "../parts/grid/paged";
import { NOTHING, type Selection } from "../parts/grid/selection";
import { Icon } from "../parts/icons";
import { JobProgress } from "../parts/JobProgress";
import { MaskButton } from "../parts/MaskButton";
import { TableName } from "../parts/TableName";
import { useManyDatabases } from "../parts/useManyDatabases";
import { FIND } from "../words";
import { columnsOf as cellColumns, type NumberedRow, numbered, RowsDialog } from "./FoundRowsDialog";

const PAGE = 100;

/** The row of the person who is followed: one comes back to them from a table. */
const usePerson = create<{ row: number | null }>(() => ({ row: null }));

export function OnePerson() {
  const { row } = usePerson();
  return row === null ? <People /> : <Person key={row} row={row} />;
}

function People() {
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 400);
  const field = useRef<HTMLInputElement>(null);
  const first = useAnswer("people", { text: asked, offset: 0, limit: PAGE }, { keep: true });
  useJobsSoon(first.isFetching);
  const job = useRunning("find") ?? undefined;
  const ask = useCallback(
    async (offset: number) => numbered((await call("people", { text: asked, offset, limit: PAGE })).page),
    [asked],
  );
  const page = first.data?.page;
  const { row, onSpan } = usePaged<NumberedRow>(["people", asked, page?.unmasked], PAGE, ask);
  const names = page?.columns;
  const columns = useMemo(() => cellColumns(names ?? [], false), [names]);
  const keys = useMemo(() => Array.from({ length: page?.total ?? 0 }, (_, at) => String(at)), [page?.total]);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  useActions([
    { id: "find-people", name: FIND.findPerson, group: FIND.title, keys: ["/"], run: () => field.current?.focus() },
  ]);
  const relationships = useRunning("relationships");
  return (
    <>
      <div className="find-box">
        <FilterField
          inputRef={field}
          w="22rem"
          aria-label={FIND.findPerson}
          placeholder={FIND.findPerson}
          leftSection={<Icon name="search" size={14} />}
          text={text}
          onText={setText}
          testId="people-filter"
        />
        {first.data && page && <MaskButton table={first.data.table} unmasked={page.unmasked} />}
        <span className="faint num" role="status">
          {first.data &&
            `${keyName(first.data.table)} · ${counted(page?.total ?? 0, "person", "people")}. ${FIND.choose}`}
        </span>
      </div>
      {first.error && <Failure what={FIND.peopleNotRead} error={first.error} retry={() => first.refetch()} />}
      {!first.data && first.isFetching && <Working job={job ?? relationships} what="Looking for the people…" />}
      {first.data && (
        <Grid<NumberedRow>
          label={FIND.people}
          testId="people-grid"
          columns={columns}
          count={page?.total ?? 0}
          row={row}
          keys={keys}
          selection={selection}
          onSelection={setSelection}
          onOpen={(at) => usePerson.setState({ row: row(Number(at))?.number ?? null })}
          onSpan={onSpan}
          empty={page?.total === 0 && <Empty icon="search" title={FIND.noPeople} />}
        />
      )}
    </>
  );
}

function Working({ job, what }: { job: ReturnType<typeof useRunning>; what: string }) {
  if (!job) return <Waiting what={what} />;
  return (
    <div className="find-job">
      <JobProgress job={job} />
    </div>
  );
}

function Person({ row }: { row: number }) {
  const { data, error, isFetching, refetch } = useAnswer("follow", { row }, { keep: true });
  useJobsSoon(isFetching);
  const job = useRunning("find");
  const back = () => usePerson.setState({ row: null });
  return (
    <>
      <div className="find-box">
        <button type="button" className="back" data-testid="all-people" onClick={back}>
          <Icon name="collapse" size={14} /> {FIND.allPeople}
        </button>
        {data && <Summary of={data} />}
      </div>
      {error && <Failure what={FIND.notFollowed} error={error} retry={() => refetch()} />}
      {!data && !error && <Working job={job} what={FIND.following} />}
      {data && <Tables of={data} />}
    </>
  );
}

function Summary({ of }: { of: PersonFacts }) {
  const parts = [
    `Row ${count(of.row)} of ${keyName(of.table)}`,
    `${counted(of.rows, "row")} in ${counted(of.tables.length, "table")}`,
    of.rows_undecided > 0 && `${counted(of.rows_undecided, "row")} in undecided tables`,
    of.without_path.length > 0 && `${counted(of.without_path.length, "table")} without a way to a person`,
  ].filter(Boolean);
  return (
    <span
      className="num"
      role="status"
      data-testid="person-told"
      title={of.without_path.map((t) => t.table).join(", ")}
    >
      {parts.join(" · ")}
    </span>
  );
}

function Tables({ of }: { of: PersonFacts }) {
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [open, setOpen] = useState<PersonTableFacts | null>(null);
  const manyDatabases = useManyDatabases();
  const [first, last] = useMemo(() => span(of.tables), [of.tables]);
  const columns = useMemo(() => tableColumns(manyDatabases, first, last), [manyDatabases, first, last]);
  const keys = useMemo(() => of.tables.map(({ key }) => key), [of.tables]);
  const table = open?.key;
  const ask = useCallback(
    async (offset: number) => {
      const found = await call("person_rows", { row: of.row, table: table ?? "", offset, limit: PAGE });
      return numbered(found.page, found.years);
    },
    [of.row, table],
  );
  const title = open && (
    <>
      {FIND.rowsOfPerson} <span className="mono-name">{keyName(open.key)}</span>
    </>
  );
  return (
    <>
      <Grid<PersonTableFacts>
        label={FIND.person}
        testId="person-grid"
        name="person"
        columns={columns}
        count={of.tables.length}
        row={(at) => of.tables[at]}
        keys={keys}
        selection={selection}
        onSelection={setSelection}
        onOpen={(key) => setOpen(of.tables.find((one) => one.key === key) ?? null)}
        rowsOf={async (wanted) => of.tables.filter(({ key }) => wanted.includes(key))}
        empty={null}
      />
      {open && (
        <RowsDialog
          title={title}
          table={open.key}
          id={["person_rows", of.row, open.key]}
          ask={ask}
          note={open.dated_by ? `${FIND.inTime} ${open.dated_by}.` : undefined}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

/** The years that all tables' bars share. */
function span(tables: readonly PersonTableFacts[]): [number, number] {
  const years = tables.flatMap((table) => table.years.map(({ year }) => year));
  return [Math.min(...years), Math.max(...years)];
}

const tableColumns = (manyDatabases: boolean, first: number, last: number): GridColumn<PersonTableFacts>[] => [
  {
    id: "table",
    header: FIND.table,
    width: 190,
    grow: 1,
    pinned: true,
    value: ({ key }) => keyName(key),
    cell: ({ key }) => <TableName of={key} withDatabase={manyDatabases} />,
  },
  {
    id: "rows",
    header: "Rows",
    width: 72,
    numeric: true,
    value: ({ rows }) => rows,
    cell: ({ rows }) => count(rows),
  },
  {
    id: "years",
    header: FIND.years,
    width: 150,
    text: yearsOf,
    cell: (table) => (
      <span className="person-years">
        <span className="num">{yearsOf(table) || <span className="faint">–</span>}</span>
        {table.years.length > 0 && (
          <Bars
            label={`${FIND.years}: ${yearsOf(table)}`}
            bars={yearBars([{ year: first, count: 0 }, ...table.years], last)}
          />
        )}
      </span>
    ),
  },
  {
    id: "disposition",
    header: "Disposition",
    width: 170,
    value: ({ disposition }) => disposition,
    cell: ({ disposition }) => <DispositionBadge of={disposition} />,
  },
  {
    id: "nowhere",
    header: FIND.goesNowhere,
    width: 170,
    grow: 1,
    value: ({ unmapped }) => unmapped.join(", "),
    cell: ({ unmapped }) =>
      unmapped.length > 0 ? (
        <span title={unmapped.join(", ")}>
          <span className="attention">{count(unmapped.length)}</span> {unmapped.join(", ")}
        </span>
      ) : (
        <span className="faint">–</span>
      ),
  },
  {
    id: "path",
    header: FIND.path,
    width: 220,
    grow: 2,
    value: ({ path }) => path,
    cell: ({ path }) => (
      <span className="faint" title={path}>
        {path === "" ? FIND.own : path.replace(/^reaches \S+ by /, "")}
      </span>
    ),
  },
];

function yearsOf({ years }: PersonTableFacts): string {
  const [first, last] = [years[0]?.year, years.at(-1)?.year];
  if (first === undefined) return "";
  return first === last ? String(first) : `${first}–${last}`;
}
