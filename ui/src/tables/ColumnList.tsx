import { useMemo, useState } from "react";
import type { ColumnFacts, ColumnKey, TableDetail } from "../ipc/bindings";
import { useActions } from "../parts/actions";
import { AbsentMark, FilledBar } from "../parts/Bits";
import { DispositionBadge, DispositionLetter } from "../parts/Disposition";
import { DISPOSITIONS, wordFor } from "../parts/disposition";
import { count, percent } from "../parts/format";
import { Grid, type GridColumn, type Sort } from "../parts/grid/Grid";
import { useSorted } from "../parts/grid/order";
import { NOTHING, only, type Selection } from "../parts/grid/selection";
import { ShownValue } from "../parts/ShownValue";
import { shownText } from "../parts/shown";
import { TABLES } from "../words";
import { ColumnDetails } from "./ColumnDetails";
import { fieldActions, useDecideColumns } from "./useDecide";

const dash = <span className="faint">–</span>;

const COLUMNS: GridColumn<ColumnFacts>[] = [
  {
    id: "ordinal",
    header: "No.",
    width: 56,
    sortable: true,
    numeric: true,
    value: (column) => column.ordinal + 1,
    cell: (column) => column.ordinal + 1,
  },
  {
    id: "name",
    header: "Column",
    width: 180,
    pinned: true,
    sortable: true,
    grow: 2,
    value: (column) => column.column,
    cell: (column) => (
      <span title={column.source_comment || undefined}>
        <span className="mono">{column.column}</span>
        {column.db_key === "PRI" && <span className="key-mark"> key</span>}
      </span>
    ),
  },
  {
    id: "disposition",
    header: "Disposition",
    width: 140,
    sortable: true,
    value: (column) => `${column.own ? 0 : 1} ${wordFor(column.disposition).label}`,
    text: (column) => wordFor(column.disposition).label,
    cell: (column) => <Decided of={column} />,
  },
  {
    id: "declared",
    header: "Declared",
    width: 92,
    grow: 1,
    sortable: true,
    value: (column) => column.declared_type,
    cell: (column) => <span className="mono faint">{column.declared_type}</span>,
  },
  {
    id: "inferred",
    header: "Looks like",
    width: 92,
    sortable: true,
    value: (column) => (column.state === "read" ? column.figures.inferred_type : column.state),
    cell: (column) => (column.state === "read" ? column.figures.inferred_type : <AbsentMark state={column.state} />),
  },
  {
    id: "filled",
    header: "Filled",
    width: 100,
    sortable: true,
    value: (column) => column.filled_percent,
    text: (column) => (column.filled_percent === null ? "" : percent(column.filled_percent)),
    cell: (column) => (column.filled_percent === null ? dash : <FilledBar value={column.filled_percent} />),
  },
  {
    id: "distinct",
    header: "Distinct",
    width: 90,
    sortable: true,
    numeric: true,
    value: (column) => (column.state === "read" ? column.figures.distinct : null),
    cell: (column) => (column.state === "read" ? count(column.figures.distinct) : dash),
  },
  {
    id: "length",
    header: "Length",
    width: 84,
    sortable: true,
    numeric: true,
    value: (column) => column.figures.max_length,
    text: (column) => `${column.figures.min_length}–${column.figures.max_length}`,
    cell: lengths,
  },
  {
    id: "top",
    header: "Most frequent",
    width: 140,
    grow: 2,
    text: (column) =>
      column.top
        .slice(0, 3)
        .map(({ value }) => shownText(value))
        .join(" "),
    cell: (column) => <Frequent of={column} />,
  },
  {
    id: "mapped",
    header: "Mapped to",
    width: 120,
    grow: 2,
    sortable: true,
    value: (column) => fieldsOf(column) || null,
    cell: (column) => {
      const fields = fieldsOf(column);
      return fields === "" ? dash : <span title={fields}>{fields}</span>;
    },
  },
];

function fieldsOf({ mappings }: ColumnFacts): string {
  return mappings.map((mapping) => `${mapping.field} (${mapping.interface})`).join(", ");
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

/** Of a table whose raw values show: what is people's own does not leave by the clipboard. */
const RAW_COLUMNS = COLUMNS.map((column) => (column.id === "top" ? { ...column, text: undefined } : column));
const BY_ORDINAL: Sort = { by: "ordinal", descending: false };

type Props = { detail: TableDetail; column?: ColumnKey };

/** `column`: the one that a person came for. */
export function ColumnList({ detail, column }: Props) {
  const shown = detail.unmasked ? RAW_COLUMNS : COLUMNS;
  const { rows: columns, ...sorting } = useSorted(detail.columns, COLUMNS, BY_ORDINAL);
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
        columns={shown}
        count={columns.length}
        row={(at) => columns[at]}
        keys={keys}
        selection={selection}
        onSelection={setSelection}
        name="columns"
        {...sorting}
      />
      <ColumnDetails table={detail.facts} chosen={chosen} />
    </>
  );
}
