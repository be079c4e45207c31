import { useQueryClient } from "@tanstack/react-query";
import type { PathKind, ProjectFacts } from "../ipc/bindings";
import { call } from "../ipc/client";
import { refreshAll, step } from "../ipc/queries";
import { useActions } from "../parts/actions";
import { focusPlace } from "../parts/focus";
import { tellError } from "../parts/notices";
import { setPrefs, usePrefs } from "../parts/prefs";
import { say } from "../parts/said";
import { go, goBack, settle } from "../parts/where";
import { useFiles } from "../snapshot/useLoading";
import { FRAME } from "../words";
import { PLACES } from "./places";

/** What can be done wherever one is in a project. */
export function useFrameActions(project: ProjectFacts) {
  const { undo, redo } = useUndo();
  const { railOpen, detailsOpen } = usePrefs();
  const close = useCloseProject();
  const { choose } = useFiles();
  // What is chosen is looked at and told of there.
  const load = (what: PathKind) => {
    go({ place: "snapshot" });
    choose(what);
  };
  useActions([
    {
      id: "undo",
      name: "Undo",
      group: "Edits",
      keys: ["mod+z"],
      hint: project.undo ?? undefined,
      enabled: project.undo !== null,
      run: undo,
    },
    {
      id: "redo",
      name: "Redo",
      group: "Edits",
      keys: ["mod+shift+z", "mod+y"],
      hint: project.redo ?? undefined,
      enabled: project.redo !== null,
      run: redo,
    },
    {
      id: "load-files",
      name: "Load files of a snapshot",
      also: "import dump",
      group: "Snapshot",
      run: () => load("snapshot_files"),
    },
    {
      id: "load-folder",
      name: "Load a folder of a snapshot",
      also: "import dump",
      group: "Snapshot",
      run: () => load("snapshot_folder"),
    },
    { id: "history", name: "History of edits", group: "Edits", run: () => go({ place: "history" }) },
    ...PLACES.map(({ id, name, keys }) => ({
      id: `go-${id}`,
      name: `Go to ${name}`,
      group: "Places",
      keys: [keys],
      run: () => {
        go({ place: id });
        focusPlace();
      },
    })),
    {
      id: "modules",
      name: "Modules and components",
      group: "Places",
      run: () => go({ place: "tables", part: "modules" }),
    },
    { id: "query", name: "Query the staged tables", group: "Places", run: () => go({ place: "query" }) },
    {
      id: "back",
      name: "Back one level",
      group: "Places",
      keys: ["escape"],
      run: () => {
        goBack();
        focusPlace();
      },
    },
    {
      id: "rail",
      name: railOpen ? FRAME.collapseRail : FRAME.expandRail,
      group: "Window",
      run: () => setPrefs({ railOpen: !railOpen }),
    },
    {
      id: "details",
      name: detailsOpen ? FRAME.closeDetails : FRAME.showDetails,
      also: "panel",
      group: "Window",
      keys: ["mod+i"],
      run: () => setPrefs({ detailsOpen: !detailsOpen }),
    },
    { id: "close", name: "Close the engagement", group: "Window", run: close },
  ]);
}

export function useUndo() {
  const client = useQueryClient();
  return {
    undo: () =>
      step(client, "undo", {
        done: (label) => say(`Undone: ${label}`),
        failed: (error) => tellError("Nothing was undone", error),
      }),
    redo: () =>
      step(client, "redo", {
        done: (label) => say(`Redone: ${label}`),
        failed: (error) => tellError("Nothing was redone", error),
      }),
  };
}

export function useCloseProject() {
  const client = useQueryClient();
  return async () => {
    try {
      await call("close_project", null);
      settle({ place: "snapshot" });
      await refreshAll(client);
    } catch (error) {
      tellError("The engagement was not closed", error as Error);
    }
  };
}
