// The diagram for a screen reader: what is selected as it changes, and all that is drawn as a list.

import type { TableKey } from "../../ipc/bindings";
import { counted } from "../../parts/format";
import { DIAGRAM, TABLES } from "../../words";
import { endName } from "../relations";
import { cardinalityOf, type Join } from "./graph";
import type { Scene } from "./scene";
import type { Picked } from "./view";

type Props = { scene: Scene; picked: Picked; nameOf: (table: TableKey) => string };

export function Spoken({ scene, picked, nameOf }: Props) {
  return (
    <div className="sr-only">
      <div aria-live="polite">{saidOf(scene, picked, nameOf)}</div>
      <h2>{DIAGRAM.drawn}</h2>
      <ul data-testid="diagram-list">
        {scene.joins.map((join) => (
          <li key={join.id}>{sentenceOf(join)}</li>
        ))}
        {scene.groups.map(({ id, of, side, tables }) => (
          <li key={id}>
            {side === "into"
              ? `${counted(tables.length, "more table points", "more tables point")} at ${nameOf(of)}`
              : `${nameOf(of)} ${DIAGRAM.pointsAt} ${counted(tables.length, "more table")}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

function saidOf(scene: Scene, picked: Picked, nameOf: Props["nameOf"]): string {
  if ("table" in picked) {
    const more = scene.tables.find(({ key }) => key === picked.table)?.more ?? 0;
    return [nameOf(picked.table), more > 0 && counted(more, ...DIAGRAM.neighbours)].filter(Boolean).join(", ");
  }
  if ("join" in picked) {
    const join = scene.joins.find(({ id }) => id === picked.join);
    return join ? sentenceOf(join) : "";
  }
  const group = scene.groups.find(({ id }) => id === picked.group);
  return group ? counted(group.tables.length, "more table") : "";
}

export function sentenceOf(join: Join): string {
  const ways = join.relations.map(({ from, to }) => `${endName(from)} ${DIAGRAM.pointsAt} ${endName(to)}`);
  const facts = [
    join.sure ? DIAGRAM.sure : DIAGRAM.found,
    cardinalityOf(join),
    join.orphans > 0 && counted(join.orphans, "orphan"),
  ];
  return [...ways, ...facts.filter(Boolean)].join(", ") || TABLES.relationships;
}
