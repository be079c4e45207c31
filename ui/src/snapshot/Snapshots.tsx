import { Button } from "@mantine/core";
import type { ProjectFacts, SnapshotFacts } from "../ipc/bindings";
import { useAct, useJobsSoon } from "../ipc/queries";
import { bytes, count, duration, moment } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
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
    { id: "label", header: "Snapshot", width: 180, grow: 1, cell: (one) => one.label || one.id },
    { id: "loaded", header: "Loaded", width: 136, cell: (one) => moment(one.loaded_at) },
    { id: "files", header: "Files", width: 60, numeric: true, cell: (one) => count(one.files) },
    { id: "tables", header: "Tables", width: 68, numeric: true, cell: (one) => count(one.tables) },
    { id: "rows", header: "Rows", width: 100, numeric: true, cell: (one) => count(one.rows) },
    { id: "rejects", header: "Rejected", width: 80, numeric: true, cell: (one) => count(one.rejects) },
    { id: "bytes", header: "Size", width: 84, numeric: true, cell: (one) => bytes(one.bytes) },
    { id: "seconds", header: "Took", width: 84, numeric: true, cell: (one) => duration(one.seconds) },
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
  return (
    <Grid<SnapshotFacts>
      label="Snapshots"
      testId="snapshots-grid"
      columns={columns}
      count={project.snapshots.length}
      row={(at) => project.snapshots[at]}
    />
  );
}
