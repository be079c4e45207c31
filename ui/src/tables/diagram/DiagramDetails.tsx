// At the right of a diagram: the table, the relationship or the group that is selected.

import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import type { TableFacts, TableKey } from "../../ipc/bindings";
import { Details, Section } from "../../parts/Details";
import { FilterField } from "../../parts/FilterField";
import { apart, count, counted } from "../../parts/format";
import { Grid, type GridColumn } from "../../parts/grid/Grid";
import { NOTHING } from "../../parts/grid/selection";
import { DIAGRAM, FRAME } from "../../words";
import { OneRelationship } from "../Relationships";
import { relationKey } from "../relations";
import { TablesDetails } from "../TablesDetails";
import type { Join } from "./graph";
import type { Group, Scene } from "./scene";
import type { Picked } from "./view";

type Props = {
  picked: Picked;
  scene: Scene;
  facts: ReadonlyMap<TableKey, TableFacts>;
  onBring: (table: TableKey) => void;
  onMiddle: (table: TableKey) => void;
};

export function DiagramDetails({ picked, scene, ...rest }: Props) {
  if ("table" in picked) return <TablesDetails tables={[picked.table]} />;
  if ("join" in picked) {
    const join = scene.joins.find(({ id }) => id === picked.join);
    return join ? <JoinDetails of={join} /> : null;
  }
  const group = scene.groups.find(({ id }) => id === picked.group);
  return group ? <GroupDetails key={group.id} of={group} {...rest} /> : null;
}

function JoinDetails({ of }: { of: Join }) {
  return (
    <Details title={`${apart(of.from)[1]} → ${apart(of.to)[1]}`}>
      {of.relations.map((relation) => (
        <Section key={relationKey(relation)} title={DIAGRAM.relationship}>
          <ul className="relations">
            <OneRelationship of={relation} other={relation.to} name={relation.from.columns.join(", ")} />
          </ul>
          <ul className="notes diagram-why">
            {relation.evidence.map(({ code, text }) => (
              <li key={code}>{text}</li>
            ))}
          </ul>
        </Section>
      ))}
    </Details>
  );
}

type GroupProps = Omit<Props, "picked" | "scene"> & { of: Group };

type Row = { key: TableKey; name: string; rows: number | undefined };

const COLUMNS: GridColumn<Row>[] = [
  {
    id: "name",
    header: "Table",
    width: 160,
    grow: 1,
    pinned: true,
    text: ({ name }) => name,
    cell: ({ key, name }) => <span title={apart(key).filter(Boolean).join(".")}>{name}</span>,
  },
  {
    id: "rows",
    header: "Rows",
    width: 84,
    numeric: true,
    text: ({ rows }) => (rows === undefined ? "" : count(rows)),
    cell: ({ rows }) => (rows === undefined ? "" : count(rows)),
  },
];

/** All tables of a group, to be found by name. */
function GroupDetails({ of, facts, onBring, onMiddle }: GroupProps) {
  const [text, setText] = useState("");
  const [selection, setSelection] = useState(NOTHING);
  const rows = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return of.tables
      .map((key): Row => ({ key, name: facts.get(key)?.table ?? apart(key)[1], rows: facts.get(key)?.rows }))
      .filter(({ name }) => name.toLowerCase().includes(wanted));
  }, [of, facts, text]);
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const [chosen] = [...selection.chosen].filter((key) => keys.includes(key));
  const name = apart(of.of)[1];
  const title =
    of.side === "into"
      ? `${counted(of.tables.length, "more table points", "more tables point")} at ${name}`
      : `${name} ${DIAGRAM.pointsAt} ${counted(of.tables.length, "more table")}`;
  return (
    <Details title={title}>
      <div className="diagram-rest">
        <FilterField
          aria-label={DIAGRAM.filterRest}
          placeholder={DIAGRAM.filterRest}
          text={text}
          onText={setText}
          testId="diagram-rest-filter"
          onEnter={() => keys[0] !== undefined && onBring(keys[0])}
        />
        <Grid<Row>
          label={title}
          testId="diagram-rest-grid"
          keyAttribute="data-table"
          columns={COLUMNS}
          count={rows.length}
          row={(at) => rows[at]}
          keys={keys}
          selection={selection}
          onSelection={setSelection}
          onOpen={onMiddle}
          empty={rows.length === 0 && <p className="faint">{FRAME.noMatches}</p>}
        />
        <div className="row">
          <Button
            size="xs"
            variant="default"
            disabled={chosen === undefined}
            data-testid="diagram-bring"
            onClick={() => chosen !== undefined && onBring(chosen)}
          >
            {DIAGRAM.drawHere}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={chosen === undefined}
            onClick={() => chosen !== undefined && onMiddle(chosen)}
          >
            {DIAGRAM.inTheMiddle}
          </Button>
        </div>
      </div>
    </Details>
  );
}
