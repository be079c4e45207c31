// What is wrong, or may be, in the snapshot: what is about people first, then by rows.

import { Button } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import type { DataIssue, IssuePage } from "../ipc/bindings";
import { useAnswer, useRunning } from "../ipc/queries";
import { useActions } from "../parts/actions";
import { useAnalyze } from "../parts/analysis/useAnalyze";
import { Empty, Failure, Waiting } from "../parts/Bits";
import { FilterField } from "../parts/FilterField";
import { count, counted, keyName } from "../parts/format";
import { Grid, type GridColumn, type Sort } from "../parts/grid/Grid";
import { sortedBy, turned } from "../parts/grid/order";
import { NOTHING, type Selection } from "../parts/grid/selection";
import { Icon } from "../parts/icons";
import { JobProgress } from "../parts/JobProgress";
import { TableName } from "../parts/TableName";
import { useManyDatabases } from "../parts/useManyDatabases";
import { go } from "../parts/where";
import { ANALYSIS, FRAME, QUALITY } from "../words";
import { idOf, matching } from "./issues";

const ALL = { table: null, trouble: null, offset: 0, limit: 0 } as const;

export function QualityPlace() {
  const { data, error, refetch } = useAnswer("issues", ALL, { keep: true });
  return (
    <section className="screen" aria-label={QUALITY.title}>
      {error && <Failure what={QUALITY.notRead} error={error} retry={() => refetch()} />}
      {!data && !error && <Waiting what="Reading the issues…" />}
      {data && <Issues page={data} />}
    </section>
  );
}

function Issues({ page }: { page: IssuePage }) {
  const [text, setText] = useState("");
  const [sort, setSort] = useState<Sort | null>(null);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const filter = useRef<HTMLInputElement>(null);
  const manyDatabases = useManyDatabases();
  const columns = useMemo(() => columnsOf(manyDatabases), [manyDatabases]);
  const rows = useMemo(() => {
    const found = matching(page.issues, text);
    return sort ? sortedBy(found, columns, sort) : found;
  }, [page.issues, text, sort, columns]);
  const keys = useMemo(() => rows.map(idOf), [rows]);
  useActions([
    {
      id: "filter-issues",
      name: QUALITY.filter,
      group: QUALITY.title,
      keys: ["/"],
      run: () => filter.current?.focus(),
    },
  ]);
  const open = (id: string) => {
    const issue = rows[keys.indexOf(id)];
    if (issue) go({ place: "tables", table: issue.table, column: issue.column ?? undefined });
  };
  return (
    <>
      <header className="screen-head">
        <div className="screen-line">
          <h1>{QUALITY.title}</h1>
          <span className="faint num" role="status">
            {counted(rows.length, "issue")} · {count(page.analyzed)} of {counted(page.tables, "table")}{" "}
            {QUALITY.analyzed}
          </span>
        </div>
        <FilterField
          inputRef={filter}
          w="18rem"
          aria-label={QUALITY.filter}
          placeholder={QUALITY.filter}
          leftSection={<Icon name="search" size={14} />}
          text={text}
          onText={setText}
          testId="quality-filter"
        />
      </header>
      <Analyze page={page} />
      {page.analyzed > 0 && (
        <Grid<DataIssue>
          label={QUALITY.title}
          testId="quality-grid"
          name="quality"
          columns={columns}
          count={rows.length}
          row={(at) => rows[at]}
          keys={keys}
          selection={selection}
          onSelection={setSelection}
          onOpen={open}
          sort={sort ?? undefined}
          onSort={(by) => setSort(turned(sort, by, columns))}
          rowsOf={async (ids) => ids.flatMap((id) => rows[keys.indexOf(id)] ?? [])}
          empty={
            rows.length === 0 &&
            (page.total === 0 ? (
              <Empty icon="done" title={QUALITY.noIssues} />
            ) : (
              <Empty icon="search" title={FRAME.noMatches} />
            ))
          }
        />
      )}
    </>
  );
}

/** As long as there are tables that were not looked at. */
function Analyze({ page }: { page: IssuePage }) {
  const analyze = useAnalyze();
  const job = useRunning("analysis");
  if (job) {
    return (
      <div className="quality-job">
        <JobProgress job={job} />
      </div>
    );
  }
  if (page.analyzed >= page.tables) return null;
  const button = (
    <Button size="xs" data-testid="analyze-all" onClick={() => analyze([])}>
      {ANALYSIS.analyzeAll}
    </Button>
  );
  if (page.analyzed > 0) {
    return (
      <div className="quality-job row">
        <span className="grow">{counted(page.tables - page.analyzed, "table")} not analyzed yet</span>
        {button}
      </div>
    );
  }
  return (
    <Empty icon="quality" title={QUALITY.notAnalyzed} action={button}>
      {QUALITY.notAnalyzedWhy}
    </Empty>
  );
}

const columnsOf = (manyDatabases: boolean): GridColumn<DataIssue>[] => [
  {
    id: "table",
    header: "Table",
    width: 180,
    grow: 1,
    pinned: true,
    sortable: true,
    value: ({ table }) => keyName(table),
    cell: ({ table }) => <TableName of={table} withDatabase={manyDatabases} />,
  },
  {
    id: "column",
    header: "Column",
    width: 140,
    grow: 1,
    sortable: true,
    value: ({ name }) => name || null,
    cell: ({ name }) => (name ? <span className="mono">{name}</span> : <span className="faint">–</span>),
  },
  {
    id: "rows",
    header: "Rows",
    width: 84,
    numeric: true,
    sortable: true,
    value: ({ rows }) => rows,
    cell: ({ rows }) => count(rows),
  },
  {
    id: "percent",
    header: "%",
    width: 64,
    numeric: true,
    sortable: true,
    value: ({ percent }) => percent,
    cell: ({ percent }) => percent.toFixed(1),
  },
  {
    id: "kind",
    header: QUALITY.issue,
    width: 160,
    sortable: true,
    value: ({ label }) => label,
    cell: ({ label }) => label,
  },
  {
    id: "sentence",
    header: "What",
    width: 300,
    grow: 3,
    value: ({ sentence }) => sentence,
    cell: ({ sentence }) => (
      <span className="faint" title={sentence}>
        {sentence}
      </span>
    ),
  },
  {
    id: "person",
    header: QUALITY.person,
    width: 104,
    sortable: true,
    value: ({ about_people }) => (about_people ? 0 : 1),
    text: ({ about_people }) => (about_people ? "yes" : "no"),
    cell: ({ about_people }) => (about_people ? "yes" : <span className="faint">no</span>),
  },
];
