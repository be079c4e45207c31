// Files dropped on the window. Only the shell can tell their paths; a plain browser never does.

import { type EventCallback, listen } from "@tauri-apps/api/event";
import { inShell } from "./client";

type Dropped = { paths: string[] };

export type DropWatch = { over: (isOver: boolean) => void; drop: (paths: string[]) => void };

/** Returns what ends the watching. */
export function watchDrops(watch: DropWatch): () => void {
  if (!inShell()) return () => {};
  const leave: EventCallback<unknown> = () => watch.over(false);
  const ends = [
    listen("tauri://drag-enter", () => watch.over(true)),
    listen("tauri://drag-leave", leave),
    listen<Dropped>("tauri://drag-drop", (event) => {
      watch.over(false);
      if (event.payload.paths.length > 0) watch.drop(event.payload.paths);
    }),
  ];
  return () => {
    for (const end of ends) end.then((unlisten) => unlisten()).catch(() => {});
  };
}
