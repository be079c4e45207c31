// The places of the work, in its order.

import type { IconName } from "../parts/icons";

export type Place = { id: string; name: string; icon: IconName; keys: string };

export const PLACES: readonly Place[] = [
  { id: "snapshot", name: "Snapshot", icon: "snapshot", keys: "alt+1" },
  { id: "tables", name: "Tables", icon: "tables", keys: "alt+2" },
  { id: "map", name: "Map", icon: "map", keys: "alt+3" },
  { id: "samples", name: "Samples", icon: "samples", keys: "alt+4" },
  { id: "export", name: "Export", icon: "export", keys: "alt+5" },
];
