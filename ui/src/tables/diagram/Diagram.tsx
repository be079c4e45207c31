// The neighbourhood of a table: what points at it, what it points at, and how it reaches a person.

import { Checkbox, SegmentedControl } from "@mantine/core";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { RelationshipFacts, TableFacts, TableKey } from "../../ipc/bindings";
import { useAnswer } from "../../ipc/queries";
import { type Action, useActions } from "../../parts/actions";
import { Empty, Failure, Waiting } from "../../parts/Bits";
import { DISPOSITIONS } from "../../parts/disposition";
import { enterField, focusPlace } from "../../parts/focus";
import { apart } from "../../parts/format";
import { JobProgress } from "../../parts/JobProgress";
import { useManyDatabases } from "../../parts/useManyDatabases";
import { go, goBack, goBackBy } from "../../parts/where";
import { DIAGRAM, TABLES } from "../../words";
import { useInventory } from "../inventory";
import { FRESH, queryOf } from "../listing";
import { fieldActions, useDecide } from "../useDecide";
import { askForRelationships, useRelationships } from "../useRelationships";
import { DiagramCanvas } from "./DiagramCanvas";
import { DiagramDetails } from "./DiagramDetails";
import { type Graph, graphOf } from "./graph";
import { Spoken } from "./Spoken";
import { type Scene, sceneOf } from "./scene";
import { diagramOf, type Picked, setDiagramView, useCrumbs, useDiagramView } from "./view";

const NO_TABLES: TableFacts[] = [];

export function Diagram({ table }: { table: TableKey }) {
  const { data, error, refetch, job } = useRelationships();
  // Whoever opens the diagram asks for what it shows.
  useEffect(askForRelationships, []);
  if (error) return <Failure what={TABLES.relationshipsNotFound} error={error} retry={() => refetch()} />;
  if (!data) {
    return (
      <div className="diagram-waiting">
        {job ? <JobProgress job={job} large /> : <Waiting what={DIAGRAM.looking} />}
      </div>
    );
  }
  return <Around key={table} middle={table} relationships={data} />;
}

/** The keys of the canvas itself. */
const LISTED: Action[] = [
  { id: "diagram-middle", name: DIAGRAM.toMiddle, keys: ["enter"] },
  { id: "diagram-turn", name: DIAGRAM.turn, keys: ["space"] },
  { id: "diagram-back", name: DIAGRAM.goBack, keys: ["backspace"] },
].map((action) => ({ ...action, group: TABLES.diagram, onlyListed: true, run: () => {} }));

type AroundProps = { middle: TableKey; relationships: RelationshipFacts };

const NONE_TURNED: ReadonlyMap<TableKey, boolean> = new Map();
const NONE_BROUGHT: ReadonlySet<TableKey> = new Set();

function Around({ middle, relationships }: AroundProps) {
  const { hops, path } = useDiagramView();
  const graph = useMemo(() => graphOf(relationships), [relationships]);
  const [turning, setTurned] = useState({ hops, turned: NONE_TURNED });
  // Another number of hops begins anew.
  const turned = turning.hops === hops ? turning.turned : NONE_TURNED;
  const [brought, setBrought] = useState(NONE_BROUGHT);
  const [wanted, setPicked] = useState<Picked>({ table: middle });
  const { facts, look, weight } = useLook(graph, middle);
  const scene = useMemo(
    () => sceneOf(graph, { middle, hops, turned, brought, path }, weight),
    [graph, middle, hops, turned, brought, path, weight],
  );
  const picked = isThere(scene, wanted) ? wanted : { table: middle };
  const chosen = "table" in picked ? picked.table : undefined;
  const decide = useDecide();
  const toMiddle = (table: TableKey) => {
    if (table === middle) return;
    go(diagramOf(table));
    focusPlace();
  };
  useActions([
    ...DISPOSITIONS.map(({ code, label, key }) => ({
      id: `set-${code}`,
      name: `Set to: ${label}`,
      group: "Tables",
      keys: [key],
      enabled: chosen !== undefined,
      run: () => chosen !== undefined && decide({ tables: [chosen], disposition: code }),
    })),
    ...fieldActions("Tables", chosen !== undefined),
    ...LISTED,
    {
      id: "diagram-hops",
      name: hops === 1 ? `${TABLES.diagram}: ${DIAGRAM.twoHops}` : `${TABLES.diagram}: ${DIAGRAM.oneHop}`,
      group: "Tables",
      keys: ["2"],
      run: () => setDiagramView({ hops: hops === 1 ? 2 : 1 }),
    },
  ]);
  const alone = scene.tables.length === 1 && !graph.itself.has(middle);
  return (
    <>
      <Head middle={middle} graph={graph} />
      {alone ? (
        <Empty icon="map" title={DIAGRAM.none}>
          {DIAGRAM.noneWhy}
        </Empty>
      ) : (
        <>
          <DiagramCanvas
            middle={middle}
            scene={scene}
            look={look}
            drawn={`${hops} ${path}`}
            picked={picked}
            onPick={setPicked}
            onMiddle={toMiddle}
            onTurn={(table, open) => setTurned({ hops, turned: new Map(turned).set(table, open) })}
            onGroup={(group) => {
              setPicked({ group });
              enterField("diagram-rest-filter");
            }}
            onBack={() => {
              goBack();
              focusPlace();
            }}
          />
          <Spoken scene={scene} picked={picked} nameOf={(key) => facts.get(key)?.table ?? apart(key)[1]} />
        </>
      )}
      <DiagramDetails
        picked={picked}
        scene={scene}
        facts={facts}
        onBring={(table) => {
          setBrought((was) => new Set(was).add(table));
          setPicked({ table });
        }}
        onMiddle={toMiddle}
      />
    </>
  );
}

function isThere({ tables, groups, joins }: Scene, picked: Picked): boolean {
  if ("table" in picked) return tables.some(({ key }) => key === picked.table);
  if ("join" in picked) return joins.some(({ id }) => id === picked.join);
  return groups.some(({ id }) => id === picked.group);
}

/** What is known of each table besides. */
function useLook(graph: Graph, middle: TableKey) {
  const withDatabase = useManyDatabases();
  const inventory = useInventory();
  const all = useAnswer("tables", queryOf(FRESH, 0, 0), { keep: true }).data?.rows ?? NO_TABLES;
  const facts = useMemo(() => new Map(all.map((table) => [table.key, table])), [all]);
  const look = useCallback(
    (key: TableKey) => {
      const own = facts.get(key);
      const databaseOf = (table: TableKey) => facts.get(table)?.database ?? apart(table)[0];
      // Said of the middle, and of what is of another than that.
      const told = withDatabase && (key === middle || databaseOf(key) !== databaseOf(middle));
      return {
        facts: own,
        name: own?.table ?? apart(key)[1],
        role: inventory.rows.get(key)?.role_label,
        database: told ? databaseOf(key) : null,
        person: graph.person === key,
        itself: (graph.itself.get(key) ?? []).map(({ from }) => from.columns.join(", ")).join("; "),
      };
    },
    [facts, inventory, withDatabase, graph, middle],
  );
  const weight = useCallback(
    (key: TableKey) => (graph.person === key ? Number.POSITIVE_INFINITY : (facts.get(key)?.rows ?? -1)),
    [facts, graph],
  );
  return { facts, look, weight };
}

function Head({ middle, graph }: { middle: TableKey; graph: Graph }) {
  const { hops, path } = useDiagramView();
  const crumbs = useCrumbs();
  const way = graph.paths.get(middle);
  const told = graph.person === middle ? DIAGRAM.isPerson : (way?.text ?? DIAGRAM.noPath);
  return (
    <div className="diagram-head">
      <nav className="diagram-crumbs" aria-label={DIAGRAM.back} data-testid="diagram-crumbs">
        {crumbs.map(({ table, back }) => (
          <button
            key={`${back} ${table}`}
            type="button"
            className="link mono"
            title={`${DIAGRAM.back} ${apart(table)[1]}`}
            onClick={() => {
              goBackBy(back);
              focusPlace();
            }}
          >
            {apart(table)[1]}
          </button>
        ))}
      </nav>
      <span className={way ? "diagram-way" : "diagram-way faint"} title={told} data-testid="diagram-way">
        {told}
      </span>
      <Checkbox
        size="xs"
        label={DIAGRAM.path}
        checked={path && way !== undefined}
        disabled={way === undefined}
        data-testid="diagram-path"
        onChange={(event) => setDiagramView({ path: event.currentTarget.checked })}
      />
      <SegmentedControl
        size="xs"
        aria-label={DIAGRAM.hops}
        value={String(hops)}
        onChange={(to) => setDiagramView({ hops: to === "2" ? 2 : 1 })}
        data={[
          { value: "1", label: DIAGRAM.oneHop },
          { value: "2", label: <span data-testid="diagram-two-hops">{DIAGRAM.twoHops}</span> },
        ]}
      />
    </div>
  );
}
