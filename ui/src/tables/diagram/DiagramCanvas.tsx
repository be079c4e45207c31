// One table in the middle, what points at it at the left, what it points at at the right.

import { type Edge, MarkerType, type Node, ReactFlow } from "@xyflow/react";
import { type KeyboardEvent, useMemo, useRef } from "react";
import type { TableKey } from "../../ipc/bindings";
import { ZoomButtons } from "../../parts/canvas/ZoomButtons";
import { keyName } from "../../parts/format";
import { usePrefs } from "../../parts/prefs";
import { DIAGRAM } from "../../words";
import { Legend } from "./Legend";
import { LEAST_ZOOM, lineOf, type Placed, placed } from "./layout";
import { ActsContext, EDGE_TYPES, labelLength, NODE_TYPES, type TableLook } from "./nodes";
import type { Scene } from "./scene";
import { isDirection, nextBox } from "./steps";
import { useView } from "./useView";
import type { Picked } from "./view";
import "../../parts/canvas/canvas.css";
import "./diagram.css";

type Props = {
  middle: TableKey;
  scene: Scene;
  look: (table: TableKey) => Omit<TableLook, "key" | "open" | "more" | "onPath" | "middle">;
  /** Changes with whatever draws another picture. */
  drawn: string;
  picked: Picked;
  onPick: (picked: Picked) => void;
  onMiddle: (table: TableKey) => void;
  onTurn: (table: TableKey, open: boolean) => void;
  onGroup: (id: string) => void;
  onBack: () => void;
};

export function DiagramCanvas(props: Props) {
  const { middle, scene, picked, onPick } = props;
  const box = useRef<HTMLDivElement>(null);
  const unit = usePrefs((prefs) => prefs.zoom);
  const { look } = props;
  const stands = useMemo(() => placedAs(scene, unit, look), [scene, unit, look]);
  const { view, ready, ...moves } = useView(box, stands, middle, props.drawn);
  const turn = (table: TableKey, open: boolean) => {
    moves.hold(table);
    props.onTurn(table, open);
  };
  const at = idOf(picked);
  const focus = () => box.current?.focus({ preventScroll: true });
  const pick = (to: Picked) => {
    onPick(to);
    focus();
  };
  const open = (id: string) => {
    if (scene.groups.some((group) => group.id === id)) props.onGroup(id);
    else if (scene.tables.some(({ key }) => key === id)) props.onMiddle(id);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const table = scene.tables.find(({ key }) => key === at);
    if (isDirection(event.key)) {
      const from = startOf(scene, picked, event.key, middle);
      const to = nextBox(stands.boxes, from, event.key, joinedWith(scene, from));
      if (to !== undefined) {
        onPick(scene.groups.some(({ id }) => id === to) ? { group: to } : { table: to });
        moves.show(to);
      }
    } else if (event.key === "Enter") open(at);
    else if (event.key === "Backspace") props.onBack();
    else if (event.key === " ") {
      if (table && table.key !== middle && (table.open || table.more > 0)) turn(table.key, !table.open);
    } else if (event.key === "+" || event.key === "=") moves.zoomBy(1);
    else if (event.key === "-") moves.zoomBy(-1);
    else if (event.key === "0") moves.showAll();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const nodes = useMemo(() => nodesOf(scene, stands, middle, look, at), [scene, stands, middle, look, at]);
  const edges = useMemo(() => edgesOf(scene, stands, at), [scene, stands, at]);
  const acts = useRef({ turn, pick });
  acts.current = { turn, pick };
  const context = useMemo(
    () => ({
      turn: (table: TableKey, open: boolean) => acts.current.turn(table, open),
      pickJoin: (join: string) => acts.current.pick({ join }),
    }),
    [],
  );
  return (
    <ActsContext value={context}>
      <div
        ref={box}
        className="diagram-canvas"
        role="application"
        aria-label={`${DIAGRAM.of} ${keyName(middle)}. ${DIAGRAM.keys}.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it has keys of its own; what it shows is listed below it.
        tabIndex={0}
        data-testid="diagram"
        onKeyDown={onKeyDown}
      >
        {ready && (
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            viewport={view}
            onViewportChange={moves.move}
            minZoom={LEAST_ZOOM}
            maxZoom={2}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            panOnScroll
            zoomOnScroll={false}
            zoomOnDoubleClick={false}
            deleteKeyCode={null}
            selectionKeyCode={null}
            multiSelectionKeyCode={null}
            panActivationKeyCode={null}
            disableKeyboardA11y
            proOptions={{ hideAttribution: true }}
            onNodeClick={(_, node) => pick(node.type === "rest" ? { group: node.id } : { table: node.id })}
            onNodeDoubleClick={(_, node) => open(node.id)}
            onEdgeClick={(_, edge) => edge.selectable !== false && pick({ join: edge.id })}
            onPaneClick={() => pick({ table: middle })}
          />
        )}
      </div>
      <div className="diagram-foot">
        <Legend />
        <ZoomButtons
          zoom={view.zoom}
          onZoom={moves.zoomBy}
          onReset={moves.resetZoom}
          onFit={{ name: DIAGRAM.zoomAll, run: moves.showAll }}
        />
      </div>
    </ActsContext>
  );
}

export function idOf(picked: Picked): string {
  return "table" in picked ? picked.table : "join" in picked ? picked.join : picked.group;
}

/** From a line, one goes on to the end at that side. */
function startOf(scene: Scene, picked: Picked, key: string, middle: TableKey): string {
  if (!("join" in picked)) return idOf(picked);
  const join = scene.joins.find(({ id }) => id === picked.join);
  if (!join) return middle;
  return key === "ArrowRight" ? join.from : join.to;
}

function joinedWith(scene: Scene, id: string): Set<string> {
  const joined = scene.joins.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
  const groups = scene.groups.flatMap((group) => (group.of === id ? [group.id] : group.id === id ? [group.of] : []));
  return new Set([...joined, ...groups]);
}

/** In pixels before zoom. */
const TABLE = { width: 172, height: 44, withDatabase: 60 };
const GROUP = { width: 120, height: 30 };
const LETTER = 6.4;
const LABEL = { most: 128, least: 40, line: 16 };

function placedAs(scene: Scene, unit: number, look: Props["look"]): Placed {
  return placed(scene, {
    unit,
    table: (key) => ({
      width: TABLE.width * unit,
      height: (look(key).database === null ? TABLE.height : TABLE.withDatabase) * unit,
    }),
    group: { width: GROUP.width * unit, height: GROUP.height * unit },
    label: (join) => {
      const { letters, lines } = labelLength(join);
      const width = Math.max(LABEL.least, Math.min(LABEL.most, letters * LETTER + 12));
      return { width: width * unit, height: (lines * LABEL.line + 2) * unit };
    },
  });
}

function nodesOf(scene: Scene, { boxes }: Placed, middle: TableKey, look: Props["look"], at: string): Node[] {
  const node = (id: string, type: string, data: Record<string, unknown>): Node[] => {
    const box = boxes.get(id);
    if (!box) return [];
    const { x, y, width, height } = box;
    return [{ id, type, position: { x, y }, width, height, data, selected: at === id }];
  };
  return [
    ...scene.tables.flatMap((table) =>
      node(table.key, "table", {
        ...look(table.key),
        ...table,
        middle: table.key === middle,
        onPath: scene.onPath.has(table.key),
      }),
    ),
    ...scene.groups.flatMap((group) => node(group.id, "rest", group)),
  ];
}

function edgesOf(scene: Scene, { lines }: Placed, at: string): Edge[] {
  const edge = (id: string, source: string, target: string, color: string, data: Record<string, unknown>): Edge[] => {
    const line = lines.get(id);
    if (!line) return [];
    return [
      {
        id,
        type: "join",
        source,
        target,
        selected: at === id,
        data: { ...data, line },
        markerEnd: { type: MarkerType.ArrowClosed, width: 13, height: 13, markerUnits: "userSpaceOnUse", color },
      },
    ];
  };
  return [
    ...scene.joins.flatMap((join) =>
      edge(join.id, join.from, join.to, join.orphans > 0 ? "var(--problem)" : "var(--bar)", {
        join,
        onPath: scene.path.has(join.id),
      }),
    ),
    ...scene.groups.flatMap(({ id, of, side }) => {
      const [from, to] = side === "into" ? [id, of] : [of, id];
      return edge(lineOf(id), from, to, "var(--bar)", {}).map((one) => ({ ...one, selectable: false }));
    }),
  ];
}
