import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { PathKind, ProjectFacts } from "../ipc/bindings";
import { watchDrops } from "../ipc/drop";
import { useRunning } from "../ipc/queries";
import { count, counted } from "../parts/format";
import { Icon } from "../parts/icons";
import { JobProgress } from "../parts/JobProgress";
import { useCompact } from "../parts/useCompact";
import { settle, useSpot } from "../parts/where";
import { SNAPSHOT } from "../words";
import { Digests } from "./Digests";
import { HandOver } from "./HandOver";
import { LedgerView } from "./LedgerView";
import { LimitDialog } from "./LimitDialog";
import { Misfits } from "./Misfits";
import { Partials } from "./Partials";
import { PasswordDialog } from "./PasswordDialog";
import { Rejects } from "./Rejects";
import { Snapshots } from "./Snapshots";
import { useLoading } from "./useLoading";
import "./snapshot.css";

const PARTS = ["ledger", "rejects", "misfits", "digests", "snapshots"] as const;
type Part = (typeof PARTS)[number];

export function SnapshotPlace({ project }: { project: ProjectFacts }) {
  const loading = useRunning("load");
  const load = useLoading();
  const looking = useRunning("look");
  const profiling = useRunning("profile");
  const behind = looking ?? profiling;
  const over = useDropped(load.start);
  const empty = project.snapshots.length === 0;
  return (
    <section className="screen" aria-label="Snapshot" data-over={over || undefined}>
      <header className="screen-head">
        <h1>Snapshot</h1>
        {!empty && <Parts project={project} />}
        <span className="grow" />
        {!(empty && !loading) && (
          <LoadButtons label={load.label} onLabel={load.setLabel} onChoose={load.choose} busy={load.busy} />
        )}
      </header>
      {loading && (
        <div className="load-card">
          <JobProgress job={loading} large />
          <p className="faint">The rest of the window stays usable. Nothing changes until the load is whole.</p>
        </div>
      )}
      {behind && (
        <div className="load-card">
          <JobProgress job={behind} />
        </div>
      )}
      {project.snapshot_lost && (
        <div className="partial" role="alert" data-testid="snapshot-lost">
          <Icon name="warn" size={16} />
          <span className="grow">{project.snapshot_lost}</span>
        </div>
      )}
      <Partials partials={project.partials} />
      {empty && !loading && <NoSnapshot onChoose={load.choose} busy={load.busy} />}
      {!empty && !project.snapshot_lost && <PartShown project={project} />}
      <HandOver {...load.handOver} />
      <PasswordDialog {...load.password} />
      <LimitDialog {...load.limit} />
      {over && <div className="drop-veil">Drop to load as a new snapshot</div>}
    </section>
  );
}

function partOf(part: string | undefined): Part {
  return PARTS.find((one) => one === part) ?? "ledger";
}

function PartShown({ project }: { project: ProjectFacts }) {
  const part = partOf(useSpot().part);
  if (part === "rejects") return <Rejects />;
  if (part === "misfits") return <Misfits />;
  if (part === "digests") return <Digests key={project.snapshot} snapshot={project.snapshot} />;
  if (part === "snapshots") return <Snapshots project={project} />;
  return <LedgerView project={project} />;
}

function Parts({ project }: { project: ProjectFacts }) {
  const part = partOf(useSpot().part);
  const compact = useCompact();
  const { rejects, misfits } = project.counts;
  const toReview = compact ? `${count(misfits)} ${SNAPSHOT.toReviewShort}` : counted(misfits, ...SNAPSHOT.toReview);
  return (
    <SegmentedControl<Part>
      size="xs"
      aria-label="What of the snapshot"
      value={part}
      onChange={(to) => settle({ place: "snapshot", part: to === "ledger" ? undefined : to })}
      data={[
        { value: "ledger", label: "Ledger" },
        { value: "rejects", label: <span data-testid="show-rejects">{counted(rejects, "reject")}</span> },
        { value: "misfits", label: <span data-testid="show-misfits">{toReview}</span> },
        { value: "digests", label: <span data-testid="show-digests">{SNAPSHOT.checksums}</span> },
        { value: "snapshots", label: counted(project.snapshots.length, "snapshot") },
      ]}
    />
  );
}

/** Whether something is held over the window; what is dropped is loaded. */
function useDropped(start: (paths: string[]) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(start);
  latest.current = start;
  useEffect(() => watchDrops({ over: setOver, drop: (paths) => latest.current(paths) }), []);
  return over;
}

type ChooseProps = { onChoose: (what: PathKind) => void; busy: boolean };
type LoadProps = ChooseProps & { label: string; onLabel: (label: string) => void };

function LoadButtons({ label, onLabel, onChoose, busy }: LoadProps) {
  return (
    <div className="row">
      <TextInput
        size="xs"
        w="12rem"
        aria-label="Label of the next snapshot"
        placeholder="Label, such as cycle 2"
        value={label}
        onChange={(event) => onLabel(event.target.value)}
      />
      <Button
        size="xs"
        variant="default"
        data-testid="load-files"
        loading={busy}
        onClick={() => onChoose("snapshot_files")}
      >
        Load files…
      </Button>
      <Button
        size="xs"
        variant="default"
        data-testid="load-folder"
        disabled={busy}
        onClick={() => onChoose("snapshot_folder")}
      >
        Load a folder…
      </Button>
    </div>
  );
}

function NoSnapshot({ onChoose, busy }: ChooseProps) {
  return (
    <div className="no-snapshot">
      <div className="drop-zone">
        <Icon name="snapshot" size={40} />
        <h2>What did the client hand over?</h2>
        <p>
          Drop the files here, or choose them. A dump, an Access or SQLite database, delimited text, spreadsheets; also
          packed or in an archive, or a folder of them. What each file is, is recognised by its content.
        </p>
        <div className="row">
          <Button data-testid="load-files" loading={busy} onClick={() => onChoose("snapshot_files")}>
            Load files…
          </Button>
          <Button
            variant="default"
            data-testid="load-folder"
            disabled={busy}
            onClick={() => onChoose("snapshot_folder")}
          >
            Load a folder…
          </Button>
        </div>
        <p className="faint">
          Every row that is read is either loaded or listed as rejected, with its place and reason.
        </p>
      </div>
    </div>
  );
}
