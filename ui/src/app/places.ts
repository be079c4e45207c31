// The places of the work, in its order.

import type { IconName } from "../parts/icons";
import type { Spot } from "../parts/where";

export type Place = { id: string; name: string; icon: IconName; keys: string };

export const PLACES: readonly Place[] = [
  { id: "snapshot", name: "Snapshot", icon: "snapshot", keys: "alt+1" },
  { id: "tables", name: "Tables", icon: "tables", keys: "alt+2" },
  { id: "quality", name: "Quality", icon: "quality", keys: "alt+3" },
  { id: "find", name: "Find", icon: "search", keys: "alt+4" },
  { id: "map", name: "Map", icon: "map", keys: "alt+5" },
  { id: "samples", name: "Samples", icon: "samples", keys: "alt+6" },
  { id: "export", name: "Export", icon: "export", keys: "alt+7" },
];

const WITHOUT_DETAILS = ["export", "quality", "find", "history", "query"];

/** Where something can be selected whose details are worth a panel. */
export function hasDetails({ place, part }: Spot, loaded: boolean): boolean {
  if (place === "tables" && part === "modules") return true;
  if (!loaded || WITHOUT_DETAILS.includes(place)) return false;
  if (place === "snapshot") return part === undefined || part === "rejects";
  return !(place === "samples" && part === "preview");
}
