// How a person likes the window. Kept by the browser part; of a client's only what the person writes into a saved filter.

import { create } from "zustand";
import { persist } from "zustand/middleware";

/** Of a grid's columns, by their ids: widths in pixels before zoom, whether they are shown, and their order. */
export type GridLayout = { widths: Record<string, number>; shown: Record<string, boolean>; order: string[] };

type Prefs = {
  /** Height of a grid row in pixels, before zoom. */
  density: 28 | 36;
  /** 1.5 for a meeting. */
  zoom: 1 | 1.5;
  railOpen: boolean;
  detailsOpen: boolean;
  detailsWidth: number;
  /** Single letters act. */
  plainKeys: boolean;
  grids: Record<string, GridLayout>;
  /** Of the list of tables, under their names. The list knows what they hold. */
  tableFilters: KeptFilter[];
};

export type KeptFilter = { name: string; of: Record<string, unknown> };

export const usePrefs = create<Prefs>()(
  persist(
    (): Prefs => ({
      density: 28,
      zoom: 1,
      railOpen: true,
      detailsOpen: true,
      detailsWidth: 360,
      plainKeys: true,
      grids: {},
      tableFilters: [],
    }),
    { name: "crosswalk-prefs" },
  ),
);

export const setPrefs = (part: Partial<Prefs>) => usePrefs.setState(part);

/** A row's height in pixels as drawn. */
export function useRowHeight(): number {
  return usePrefs((prefs) => prefs.density * prefs.zoom);
}
