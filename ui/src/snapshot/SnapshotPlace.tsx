import { Button } from "@mantine/core";
import type { PathKind, ProjectFacts } from "../ipc/bindings";
import { call } from "../ipc/client";
import { useAct, useAnswer, useRunning } from "../ipc/queries";
import { Empty, Failure } from "../parts/Bits";
import { counted } from "../parts/format";
import { JobProgress } from "../parts/JobProgress";
import { tellError } from "../parts/notices";

export function SnapshotPlace({ project }: { project: ProjectFacts }) {
  const loading = useRunning("load");
  const load = useAct("start_load");
  const choose = async (what: PathKind) => {
    try {
      const paths = await call("choose_path", { what, suggested_name: null });
      if (paths.length > 0) await load.mutateAsync({ paths, label: null });
    } catch (error) {
      tellError("The load did not start", error as Error);
    }
  };
  const ledger = useAnswer("ledger", null, { enabled: project.snapshot !== null });
  return (
    <section className="screen" aria-label="Snapshot">
      <header className="screen-head">
        <h1>Snapshot</h1>
        <Button size="xs" data-testid="load-files" onClick={() => choose("snapshot_files")}>
          Load files…
        </Button>
        <Button size="xs" variant="default" data-testid="load-folder" onClick={() => choose("snapshot_folder")}>
          Load a folder…
        </Button>
      </header>
      {loading && <JobProgress job={loading} large />}
      {project.snapshot === null && <Empty icon="snapshot" title="No snapshot yet" />}
      {ledger.error && <Failure what="The ledger was not read" error={ledger.error} />}
      <div className="scroll">
        {ledger.data?.files.map((file) => (
          <p key={file.file}>
            {file.file} {file.kind} {counted(file.tables.length, "table")}
          </p>
        ))}
      </div>
    </section>
  );
}
