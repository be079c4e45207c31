import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import type { ProjectFacts } from "../ipc/bindings";
import { useAct } from "../ipc/queries";
import { useDetailsCount } from "../parts/Details";
import { counted, moment } from "../parts/format";
import { Icon } from "../parts/icons";
import { written } from "../parts/keys";
import { tellError } from "../parts/notices";
import { setPrefs, usePrefs } from "../parts/prefs";
import { go } from "../parts/where";
import { FRAME } from "../words";
import { Jobs } from "./Jobs";
import { openPalette } from "./Palette";
import { useCloseProject, useUndo } from "./useFrameActions";

export function TopBar({ project }: { project: ProjectFacts }) {
  const detailsOpen = usePrefs((prefs) => prefs.detailsOpen);
  const filled = useDetailsCount((details) => details.filled > 0);
  const name = detailsOpen ? FRAME.closeDetails : FRAME.showDetails;
  return (
    <header className="frame-top">
      <EngagementMenu project={project} />
      <SnapshotChooser project={project} />
      <button type="button" className="search-button" data-testid="search" onClick={openPalette}>
        <Icon name="search" size={15} />
        <span>{FRAME.search}</span>
        <kbd>{written("mod+k")}</kbd>
      </button>
      <span className="grow" />
      <UndoButtons undoes={project.undo} redoes={project.redo} />
      <Jobs />
      <Tooltip label={detailsOpen && !filled ? FRAME.nothingSelected : name}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={name}
          aria-pressed={detailsOpen}
          onClick={() => setPrefs({ detailsOpen: !detailsOpen })}
        >
          <Icon name="panel" />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

function EngagementMenu({ project }: { project: ProjectFacts }) {
  const close = useCloseProject();
  const { zoom, density } = usePrefs();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className="engagement" title={project.path} data-testid="engagement">
          <strong>{project.client || project.name}</strong>
          <Icon name="down" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Decisions are made by {project.who}</Menu.Label>
        <Menu.Item onClick={() => go({ place: "history" })}>History of edits</Menu.Item>
        <Menu.Item onClick={() => go({ place: "tables", part: "modules" })}>Modules and components</Menu.Item>
        <Menu.Item onClick={() => go({ place: "query" })}>Query the staged tables</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => setPrefs({ zoom: zoom === 1 ? 1.5 : 1 })}>
          {zoom === 1 ? "Meeting mode: 150 %" : "Leave meeting mode"}
        </Menu.Item>
        <Menu.Item onClick={() => setPrefs({ density: density === 28 ? 36 : 28 })}>
          {density === 28 ? FRAME.comfortableRows : FRAME.compactRows}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={close} data-testid="close-project">
          Close the engagement
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function SnapshotChooser({ project }: { project: ProjectFacts }) {
  const choose = useAct("choose_snapshot");
  const current = project.snapshots.find((snapshot) => snapshot.id === project.snapshot);
  if (!current) return <span className="faint snapshot-chooser">No snapshot</span>;
  const pick = (id: string) => {
    if (id === project.snapshot) return;
    choose.mutate({ id }, { onError: (error) => tellError("The snapshot was not chosen", error) });
  };
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className="snapshot-chooser"
          data-testid="snapshot-chooser"
          title={`${current.label}, loaded ${moment(current.loaded_at)}`}
        >
          <Icon name="snapshot" size={15} />
          <span>{current.label || current.id}</span>
          <span className="faint num">{moment(current.loaded_at)}</span>
          <Icon name="down" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {project.snapshots.map((snapshot) => (
          <Menu.Item
            key={snapshot.id}
            onClick={() => pick(snapshot.id)}
            rightSection={snapshot.id === project.snapshot ? <Icon name="done" size={14} /> : undefined}
          >
            {snapshot.label || snapshot.id}{" "}
            <span className="faint num">
              {moment(snapshot.loaded_at)} · {counted(snapshot.tables, "table")} · {counted(snapshot.rows, "row")}
            </span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => go({ place: "snapshot" })}>Load another snapshot…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function UndoButtons({ undoes, redoes }: { undoes: string | null; redoes: string | null }) {
  const { undo, redo } = useUndo();
  // Never `disabled`: the focus would be lost under the person's hands.
  return (
    <div className="row">
      <Tooltip label={undoes ? `Undo: ${undoes}  (${written("mod+z")})` : "Nothing to undo"}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={undoes ? `Undo: ${undoes}` : "Undo"}
          data-testid="undo"
          aria-disabled={undoes === null}
          data-disabled={undoes === null || undefined}
          onClick={undo}
        >
          <Icon name="undo" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={redoes ? `Redo: ${redoes}  (${written("mod+shift+z")})` : "Nothing to redo"}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={redoes ? `Redo: ${redoes}` : "Redo"}
          data-testid="redo"
          aria-disabled={redoes === null}
          data-disabled={redoes === null || undefined}
          onClick={redo}
        >
          <Icon name="redo" />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
