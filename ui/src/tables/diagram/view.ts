// How diagrams are looked at. Kept while the person is elsewhere in the window.

import { create } from "zustand";
import type { TableKey } from "../../ipc/bindings";
import { type Spot, useWhere } from "../../parts/where";

export const DIAGRAM_PART = "diagram";

export const useDiagramView = create<{ hops: 1 | 2; path: boolean }>(() => ({ hops: 1, path: true }));

export const setDiagramView = useDiagramView.setState;

/** What is selected in a diagram. */
export type Picked = { table: TableKey } | { join: string } | { group: string };

export const diagramOf = (table: TableKey): Spot => ({ place: "tables", table, part: DIAGRAM_PART });

const isDiagram = ({ place, part, table }: Spot) => place === "tables" && part === DIAGRAM_PART && table !== undefined;

/** The tables that stood in the middle before, the latest last: Esc goes back through them. */
export function cameThrough(trail: readonly Spot[]): TableKey[] {
  const last = trail.findLastIndex((spot) => !isDiagram(spot));
  return trail.slice(last + 1).flatMap(({ table }) => table ?? []);
}

const SHOWN = 4;

/** The latest of them, each with how many steps back it is. */
export function useCrumbs(): { table: TableKey; back: number }[] {
  const trail = useWhere((where) => where.trail);
  const tables = cameThrough(trail);
  return tables.map((table, at) => ({ table, back: tables.length - at })).slice(-SHOWN);
}
