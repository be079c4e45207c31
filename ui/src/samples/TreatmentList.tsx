import { useCallback, useEffect, useMemo, useState } from "react";
import type { ColumnKey, TableKey, Treatment } from "../ipc/bindings";
import { call } from "../ipc/client";
import { useAnswer } from "../ipc/queries";
import { useActions } from "../parts/actions";
import { Empty, Failure, Waiting } from "../parts/Bits";
import { count, keyName } from "../parts/format";
import { Grid, type GridColumn, type Sort } from "../parts/grid/Grid";
import { sortedBy, turned } from "../parts/grid/order";
import { usePaged } from "../parts/grid/paged";
import { NOTHING, type Selection } from "../parts/grid/selection";
import { TableName } from "../parts/TableName";
import { useManyDatabases } from "../parts/useManyDatabases";
import { settle, useSpot } from "../parts/where";
import { FRAME, SAMPLES } from "../words";
import { previewOf } from "./spots";
import { TreatmentDetails } from "./TreatmentDetails";
import { ACTIONS, actionLabel, CLASSES } from "./treatment";

const PAGE = 200;
/** A limit of none. */
const ALL = 0;

type Props = {
  table: TableKey | null;
  text: string;
  /** Of several the first. */
  onChosen: (first: Treatment | undefined) => void;
};

/** Rows are named by their place: the keys of sixty thousand columns are asked for only when they are acted on. */
export function TreatmentList({ table, text, onChosen }: Props) {
  const spot = useSpot();
  const manyDatabases = useManyDatabases();
  const columns = useMemo(() => columnsOf(manyDatabases), [manyDatabases]);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const ask = useCallback(
    async (offset: number) => {
      const plan = await call("sample_plan", { table, text, offset, limit: PAGE });
      return { total: plan.total, rows: plan.columns };
    },
    [table, text],
  );
  const paged = usePaged<Treatment>(["sample_plan", table, text], PAGE, ask);
  const [sort, setSort] = useState<Sort | null>(null);
  // The engine does not sort them: the whole list comes into the window for it.
  const whole = useAnswer(
    "sample_plan",
    { table, text, offset: 0, limit: ALL },
    { enabled: sort !== null, keep: true },
  );
  const sorted = useSteady(sort, whole.isPlaceholderData ? undefined : whole.data?.columns, columns);
  const { total, onSpan } = paged;
  const error = paged.error ?? whole.error;
  const row = (at: number) => (sorted ? sorted[at] : paged.row(at));
  const keys = useMemo(() => Array.from({ length: total ?? 0 }, (_, at) => String(at)), [total]);
  const places = useMemo(() => [...selection.chosen].map(Number).sort((a, b) => a - b), [selection]);
  const chosen = async (): Promise<Treatment[]> => {
    const from = places[0] ?? 0;
    const to = places.at(-1) ?? from;
    const known = places.map(row);
    const all = known.every((one) => one !== undefined)
      ? known
      : await call("sample_plan", { table, text, offset: from, limit: to - from + 1 }).then(({ columns }) =>
          places.map((at) => columns[at - from]),
        );
    return all.flatMap((one) => one ?? []);
  };
  const resolve = async () => (await chosen()).map(({ key }) => key);
  useActions([
    {
      id: "unselect",
      name: "Select nothing",
      group: "Samples",
      keys: ["escape"],
      enabled: places.length > 0,
      run: () => setSelection(NOTHING),
    },
  ]);
  const first = places[0] === undefined ? undefined : row(places[0]);
  useEffect(() => onChosen(first), [onChosen, first]);
  return (
    <>
      <Summary table={table} />
      {total === undefined && !error && <Waiting what={SAMPLES.waiting} />}
      {error ? (
        <Failure what="The plan of the samples was not read" error={error} />
      ) : (
        <Grid<Treatment>
          label="Treatment of columns in the samples"
          testId="samples-grid"
          columns={columns}
          count={total ?? 0}
          row={row}
          keys={keys}
          rowTestId={(treatment) => `treatment-${keyName(treatment.key)}`}
          selection={selection}
          onSelection={setSelection}
          onOpen={(at) => {
            const opened = row(Number(at));
            if (opened) settle(previewOf(spot, opened.table, opened.key));
          }}
          onSpan={onSpan}
          name="samples"
          sort={sort ?? undefined}
          onSort={(by) => {
            // Rows are chosen by their places, which change.
            setSelection(NOTHING);
            setSort(turned(sort, by, columns));
          }}
          rowsOf={chosen}
          empty={total === 0 && <Empty icon="search" title={FRAME.noMatches} />}
        />
      )}
      <TreatmentDetails count={places.length} first={first} resolve={resolve} />
    </>
  );
}

/** Sorted as it was when the person sorted: rows are chosen by their places, and a decision must not move them. */
function useSteady(sort: Sort | null, plan: Treatment[] | undefined, columns: GridColumn<Treatment>[]) {
  const [order, setOrder] = useState<{ sort: Sort; keys: ColumnKey[] } | null>(null);
  if (sort && plan && order?.sort !== sort) {
    setOrder({ sort, keys: sortedBy(plan, columns, sort).map(({ key }) => key) });
  }
  return useMemo(() => {
    if (!sort || !plan || order?.sort !== sort) return undefined;
    const byKey = new Map(plan.map((treatment) => [treatment.key, treatment]));
    return order.keys.map((key) => byKey.get(key));
  }, [sort, plan, order]);
}

const columnsOf = (manyDatabases: boolean): GridColumn<Treatment>[] => [
  {
    id: "table",
    header: "Table",
    width: 160,
    grow: 1,
    pinned: true,
    sortable: true,
    value: ({ table }) => keyName(table),
    cell: ({ table }) => <TableName of={table} withDatabase={manyDatabases} />,
  },
  {
    id: "column",
    header: "Column",
    width: 150,
    grow: 1,
    sortable: true,
    value: ({ column }) => column,
    cell: ({ column }) => <span className="mono">{column}</span>,
  },
  {
    id: "action",
    header: "Treatment",
    width: 110,
    sortable: true,
    value: ({ action }) => ACTIONS.findIndex(({ code }) => code === action),
    text: ({ action }) => actionLabel(action),
    cell: (treatment) => <ActionMark of={treatment} />,
  },
  {
    id: "class",
    header: "Recognised as",
    width: 150,
    sortable: true,
    value: ({ class: of }) => (of === "NONE" ? null : CLASSES[of]),
    cell: (treatment) => <ClassMark of={treatment} />,
  },
  {
    id: "confidence",
    header: SAMPLES.confidence,
    width: 116,
    numeric: true,
    sortable: true,
    value: ({ confidence, decided }) => (decided ? 2 : confidence),
    text: ({ confidence, decided }) => (decided ? "set" : `${Math.round(confidence * 100)} %`),
    cell: ({ confidence, decided }) =>
      decided ? <span className="faint">set</span> : `${Math.round(confidence * 100)} %`,
  },
  {
    id: "evidence",
    header: "Why",
    width: 220,
    grow: 2,
    sortable: true,
    value: whyOf,
    cell: (treatment) => {
      const why = whyOf(treatment);
      return (
        <span className="faint" title={why}>
          {why}
        </span>
      );
    },
  },
];

function whyOf({ evidence, decided }: Treatment): string {
  return [decided ? "set by a person" : "", ...evidence].filter(Boolean).join("; ");
}

function ActionMark({ of: { action, decided } }: { of: Treatment }) {
  return (
    <span className="action-mark" data-action={action}>
      {actionLabel(action)}
      {decided && " ✎"}
    </span>
  );
}

function ClassMark({ of }: { of: Treatment }) {
  return of.class === "NONE" ? <span className="faint">no identifier</span> : <span>{CLASSES[of.class]}</span>;
}

function Summary({ table }: { table: TableKey | null }) {
  // The counts are over all columns whatever is asked for.
  const { data } = useAnswer("sample_plan", { table, text: "", offset: 0, limit: 1 }, { keep: true });
  if (!data) return null;
  const counts = [
    ["pass", data.passed, "passed"],
    ["surrogate", data.surrogated, "surrogated"],
    ["year", data.reduced, "reduced"],
    ["drop", data.dropped, "dropped"],
  ] as const;
  return (
    <p className="samples-sum" data-testid="samples-sum">
      {counts.map(([action, n, word]) => (
        <span key={action}>
          <strong>{count(n)}</strong> {word}
        </span>
      ))}
      <span className="faint">of all columns</span>
    </p>
  );
}
