import type { Misfit } from "../ipc/bindings";
import { useAnswer } from "../ipc/queries";
import { Empty, Failure, Waiting } from "../parts/Bits";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { useSorted } from "../parts/grid/order";

const COLUMNS: GridColumn<Misfit>[] = [
  {
    id: "kind",
    header: "Decision about a",
    width: 150,
    sortable: true,
    value: (misfit) => misfit.kind,
    cell: (misfit) => misfit.kind,
  },
  {
    id: "name",
    header: "Of",
    width: 260,
    grow: 1,
    sortable: true,
    value: (misfit) => misfit.name,
    cell: (misfit) => <span title={misfit.name}>{misfit.name}</span>,
  },
  {
    id: "why",
    header: "Why it no longer fits",
    width: 300,
    grow: 2,
    sortable: true,
    value: (misfit) => misfit.why,
    cell: (misfit) => misfit.why,
  },
];

const NONE: Misfit[] = [];

/** Decisions that the snapshot in use has no place for. They are kept; this is the list to work through. */
export function Misfits() {
  const { data, error } = useAnswer("misfits", null);
  const { rows, ...sorting } = useSorted(data ?? NONE, COLUMNS);
  if (error) return <Failure what="The decisions to review were not read" error={error} />;
  if (!data) return <Waiting what="Comparing decisions with the snapshot…" />;
  return (
    <>
      <p className="ledger-sum faint">
        Decisions that the snapshot in use has no place for. They are kept until you change them.
      </p>
      <Grid<Misfit>
        label="Decisions to review"
        testId="misfits-grid"
        columns={COLUMNS}
        count={rows.length}
        row={(at) => rows[at]}
        name="decisions-to-review"
        {...sorting}
        empty={data.length === 0 && <Empty icon="done" title="Every decision fits the snapshot in use" />}
      />
    </>
  );
}
