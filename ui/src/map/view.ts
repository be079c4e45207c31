// How the map is looked at. Kept while the person is elsewhere in the window.

import { create } from "zustand";
import { NONE, type Picked } from "../parts/canvas/picked";

type View = {
  picked: Picked;
  tableText: string;
  interfaceText: string;
  /** Every table, not only those there is something to map of. */
  allTables: boolean;
  onlyInUse: boolean;
};

export const FRESH_VIEW: View = {
  picked: NONE,
  tableText: "",
  interfaceText: "",
  allTables: false,
  onlyInUse: false,
};

export const useView = create<View>(() => FRESH_VIEW);

export const setView = (part: Partial<View>) => useView.setState(part);

/** Whether `text` is a part of one of the names, whatever the case. */
export function holds(text: string, ...names: (string | null)[]): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === "" || names.some((name) => name?.toLowerCase().includes(wanted));
}
