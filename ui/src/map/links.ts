// Names of links on the canvas.

import type { MapLink, MapOverview, Mapping, MapTable, TableKey } from "../ipc/bindings";

/** An interface's id has no space, so the two come apart again. */
export function linkId({ table, interface: target }: Pick<MapLink, "table" | "interface">): string {
  return `${target} ${table}`;
}

export function linkNamed(id: string): { table: TableKey; interface: string } {
  const at = id.indexOf(" ");
  return { interface: id.slice(0, at), table: id.slice(at + 1) };
}

/** A mapping may have several source columns; each is a line of its own. */
export function lineId(mapping: Mapping, column: string): string {
  return `${mapping.id} ${column}`;
}

export function mappingOf(line: string): string {
  return line.slice(0, line.indexOf(" "));
}

const TO_MAP = new Set<MapTable["disposition"]>(["discrete", "both"]);

/** What there is to map: tables whose data go over as data, and whatever is linked already. */
export function toMap({ tables, links }: MapOverview): MapTable[] {
  const linked = new Set(links.map((link) => link.table));
  return tables.filter((table) => TO_MAP.has(table.disposition) || linked.has(table.key));
}

/** Those in use first, each part in the catalog's own order. */
export function inUseFirst<T extends { in_use: boolean }>(interfaces: readonly T[]): T[] {
  return [...interfaces.filter((one) => one.in_use), ...interfaces.filter((one) => !one.in_use)];
}
