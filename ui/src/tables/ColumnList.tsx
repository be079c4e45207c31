import { useMemo, useState } from "react";
import type { ColumnFacts, ColumnKey, TableDetail } from "../ipc/bindings";
import { useActions } from "../parts/actions";
import { AbsentMark, FilledBar } from "../parts/Bits";
import { DispositionBadge, DispositionLetter } from "../parts/Disposition";
import { DISPOSITIONS, wordFor } from "../parts/disposition";
import { count } from "../parts/format";
import { Grid, type GridColumn, type Sort } from "../parts/grid/Grid";
import { NOTHING, only, type Selection } from "../parts/grid/selection";
import { ShownValue } from "../parts/ShownValue";
import { TABLES } from "../words";
import { ColumnDetails } from "./ColumnDetails";
import { fieldActions, useDecideColumns } from "./useDecide";

const dash = <span className="faint">–</span>;

const COLUMNS: GridColumn<ColumnFacts>[] = [
  { id: "ordinal", header: "No.", width: 44, sortable: true, numeric: true, cell: (column) => column.ordinal + 1 },
  {
    id: "name",
    header: "Column",
    width: 140,
    sortable: true,
    grow: 2,
    cell: (column) => (
      <span title={column.source_comment || undefined}>
        <span className="mono">{column.column}</span>
        {column.db_key === "PRI" && <span className="key-mark"> key</span>}
      </span>
    ),
  },
  {
    id: "declared",
    header: "Declared",
    width: 100,
    grow: 1,
    cell: (column) => <span className="mono faint">{column.declared_type}</span>,
  },
  {
    id: "inferred",
    header: "Looks like",
    width: 88,
    sortable: true,
    cell: (column) => (column.state === "read" ? column.figures.inferred_type : <AbsentMark state={column.state} />),
  },
  {
    id: "filled",
    header: "Filled",
    width: 104,
    sortable: true,
    cell: (column) => (column.filled_percent === null ? dash : <FilledBar value={column.filled_percent} />),
  },
  {
    id: "distinct",
    header: "Distinct",
    width: 90,
    sortable: true,
    numeric: true,
    cell: (column) => (column.state === "read" ? count(column.figures.distinct) : dash),
  },
  { id: "length", header: "Length", width: 80, sortable: true, numeric: true, cell: lengths },
  { id: "top", header: "Most frequent", width: 140, grow: 2, cell: (column) => <Frequent of={column} /> },
  { id: "disposition", header: "Disposition", width: 120, cell: (column) => <Decided of={column} /> },
  {
    id: "mapped",
    header: "Mapped to",
    width: 120,
    grow: 2,
    cell: (column) => {
      const fields = column.mappings.map((mapping) => `${mapping.field} (${mapping.interface})`).join(", ");
      return fields === "" ? dash : <span title={fields}>{fields}</span>;
    },
  },
];

const LARGEST_FIRST = new Set(["distinct", "length"]);

const FIGURES: Record<string, (column: ColumnFacts) => number | string> = {
  ordinal: (column) => column.ordinal,
  name: (column) => column.column.toLowerCase(),
  inferred: (column) => (column.state === "read" ? column.figures.inferred_type : column.state),
  filled: (column) => column.filled_percent ?? -1,
  distinct: (column) => column.figures.distinct,
  length: (column) => column.figures.max_length,
};

/** Equal ones stay in the order of the table. */
function sortedBy(columns: ColumnFacts[], { by, descending }: Sort): ColumnFacts[] {
  const figure = FIGURES[by];
  if (!figure) return columns;
  const way = descending ? -1 : 1;
  return columns.toSorted((a, b) => {
    const [x, y] = [figure(a), figure(b)];
    return x === y ? 0 : way * (x < y ? -1 : 1);
  });
}

function lengths({ figures }: ColumnFacts) {
  if (figures.max_length === 0) return dash;
  if (figures.min_length === figures.max_length) return count(figures.max_length);
  return `${count(figures.min_length)}–${count(figures.max_length)}`;
}

function Frequent({ of: column }: { of: ColumnFacts }) {
  if (column.top.length === 0) return dash;
  return (
    <span className="frequent">
      {column.top.slice(0, 3).map((top, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: masked values may be alike; their place tells them apart.
        <ShownValue key={at} value={top.value} most={14} />
      ))}
    </span>
  );
}

/** A column's own decision stands out; its table's stays in the background. */
function Decided({ of: column }: { of: ColumnFacts }) {
  if (column.own) return <DispositionBadge of={column.disposition} />;
  return (
    <span className="from-table" title={`As its table: ${wordFor(column.disposition).label}`}>
      <DispositionLetter of={column.disposition} /> <span className="faint">as its table</span>
    </span>
  );
}

type Props = { detail: TableDetail; column?: ColumnKey };

/** `column`: the one that a person came for. */
export function ColumnList({ detail, column }: Props) {
  const [sort, setSort] = useState<Sort>({ by: "ordinal", descending: false });
  const columns = useMemo(() => sortedBy(detail.columns, sort), [detail.columns, sort]);
  const [selection, setSelection] = useState<Selection>(column === undefined ? NOTHING : only(column));
  const keys = useMemo(() => columns.map((column) => column.key), [columns]);
  const chosen = useMemo(() => columns.filter((column) => selection.chosen.has(column.key)), [columns, selection]);
  const decide = useDecideColumns();
  useActions([
    ...DISPOSITIONS.map(({ code, label, key }) => ({
      id: `set-${code}`,
      name: code === "undecided" ? TABLES.useTables : `Set the column to: ${label}`,
      group: "Columns",
      keys: [key],
      enabled: chosen.length > 0,
      run: () => decide({ columns: chosen.map((column) => column.key), disposition: code }),
    })),
    ...fieldActions("Columns", true),
    {
      id: "unselect",
      name: "Select nothing",
      group: "Columns",
      keys: ["escape"],
      enabled: chosen.length > 0,
      run: () => setSelection(NOTHING),
    },
  ]);
  return (
    <>
      <Grid<ColumnFacts>
        label={`Columns of ${detail.facts.table}`}
        testId="columns-grid"
        keyAttribute="data-column"
        columns={COLUMNS}
        count={columns.length}
        row={(at) => columns[at]}
        keys={keys}
        selection={selection}
        onSelection={setSelection}
        sort={sort}
        onSort={(by) => setSort({ by, descending: sort.by === by ? !sort.descending : LARGEST_FIRST.has(by) })}
      />
      <ColumnDetails table={detail.facts} chosen={chosen} />
    </>
  );
}
