import { Button } from "@mantine/core";
import type { ProjectFacts, SnapshotFacts } from "../ipc/bindings";
import { useAct, useJobsSoon } from "../ipc/queries";
import { bytes, count, duration, moment } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { useSorted } from "../parts/grid/order";
import { tellError } from "../parts/notices";

/** All snapshots of the engagement; the newest is in use unless another is chosen. */
export function Snapshots({ project }: { project: ProjectFacts }) {
  const choose = useAct("choose_snapshot");
  const use = (id: string) =>
    choose.mutate(
      { id },
      { onError: (error) => error.code !== "cancelled" && tellError("The snapshot was not chosen", error) },
    );
  useJobsSoon(choose.isPending);
  const columns: GridColumn<SnapshotFacts>[] = [
    {
      id: "label",
      header: "Snapshot",
      width: 180,
      grow: 1,
      sortable: true,
      value: (one) => one.label || one.id,
      cell: (one) => one.label || one.id,
    },
    {
      id: "loaded",
      header: "Loaded",
      width: 150,
      sortable: true,
      value: (one) => one.loaded_at,
      text: (one) => moment(one.loaded_at),
      cell: (one) => moment(one.loaded_at),
    },
    {
      id: "files",
      header: "Files",
      width: 68,
      numeric: true,
      sortable: true,
      value: (one) => one.files,
      cell: (one) => count(one.files),
    },
    {
      id: "tables",
      header: "Tables",
      width: 76,
      numeric: true,
      sortable: true,
      value: (one) => one.tables,
      cell: (one) => count(one.tables),
    },
    {
      id: "rows",
      header: "Rows",
      width: 100,
      numeric: true,
      sortable: true,
      value: (one) => one.rows,
      cell: (one) => count(one.rows),
    },
    {
      id: "rejects",
      header: "Rejected",
      width: 80,
      numeric: true,
      sortable: true,
      value: (one) => one.rejects,
      cell: (one) => count(one.rejects),
    },
    {
      id: "bytes",
      header: "Size",
      width: 84,
      numeric: true,
      sortable: true,
      value: (one) => one.bytes,
      cell: (one) => bytes(one.bytes),
    },
    {
      id: "seconds",
      header: "Took",
      width: 96,
      numeric: true,
      sortable: true,
      value: (one) => one.seconds,
      cell: (one) => duration(one.seconds),
    },
    {
      id: "use",
      header: "",
      width: 96,
      cell: (one) =>
        one.id === project.snapshot ? (
          <span className="done">✓ in use</span>
        ) : (
          <Button size="compact-xs" variant="default" loading={choose.isPending} onClick={() => use(one.id)}>
            Use
          </Button>
        ),
    },
  ];
  const { rows: snapshots, ...sorting } = useSorted(project.snapshots, columns);
  return (
    <Grid<SnapshotFacts>
      label="Snapshots"
      testId="snapshots-grid"
      columns={columns}
      count={snapshots.length}
      row={(at) => snapshots[at]}
      {...sorting}
    />
  );
}
