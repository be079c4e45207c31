// What React Flow draws of a diagram: tables, the rest of a side as one node, and the lines between them.

import { EdgeLabelRenderer, type EdgeProps, Handle, type NodeProps, Position } from "@xyflow/react";
import { createContext, memo, type ReactNode, useContext } from "react";
import type { TableFacts, TableKey } from "../../ipc/bindings";
import { DispositionLetter } from "../../parts/Disposition";
import { count, counted } from "../../parts/format";
import { Icon } from "../../parts/icons";
import { MiddleCut } from "../../parts/MiddleCut";
import { DIAGRAM } from "../../words";
import { endName } from "../relations";
import { cardinalityOf, columnsOf, type Join } from "./graph";
import { type Line, pathThrough } from "./layout";
import type { DrawnTable, Group } from "./scene";

export type TableLook = DrawnTable & {
  facts: TableFacts | undefined;
  /** As people call it; where the key alone is known, its name in it. */
  name: string;
  role: string | undefined;
  database: string | null;
  person: boolean;
  middle: boolean;
  onPath: boolean;
  /** Columns by which it points at itself. */
  itself: string;
};

export type JoinLook = { join: Join; line: Line; onPath: boolean };

/** What a click inside of a node or on a label does. */
type Acts = { turn: (table: TableKey, open: boolean) => void; pickJoin: (id: string) => void };

export const ActsContext = createContext<Acts>({ turn: () => {}, pickJoin: () => {} });

function Ends({ children, ...rest }: { children: ReactNode } & Record<`data-${string}`, unknown>) {
  return (
    <div className="diagram-node" {...rest}>
      <Handle type="target" position={Position.Left} isConnectable={false} className="diagram-handle" />
      {children}
      <Handle type="source" position={Position.Right} isConnectable={false} className="diagram-handle" />
    </div>
  );
}

function TableNode({ data, selected }: NodeProps) {
  const of = data as TableLook;
  const { turn } = useContext(ActsContext);
  const rows = of.facts && (of.facts.rows === 0 ? "no rows" : counted(of.facts.rows, "row"));
  return (
    <Ends
      data-testid={`diagram-${of.name}`}
      data-selected={selected || undefined}
      data-middle={of.middle || undefined}
      data-path={of.onPath || undefined}
      data-quiet={of.facts?.rows === 0 || undefined}
    >
      <span className="node-name">
        {of.facts && <DispositionLetter of={of.facts.disposition} />}
        <strong title={of.name}>
          <MiddleCut text={of.name} />
        </strong>
        {of.itself !== "" && (
          <span className="diagram-itself" title={`${DIAGRAM.itself} ${of.itself}`}>
            ↻
          </span>
        )}
        {of.person && (
          <span className="diagram-person" title={DIAGRAM.isPerson}>
            <Icon name="person" size={13} />
          </span>
        )}
      </span>
      <span className="node-facts">{[of.role, rows].filter(Boolean).join(" · ")}</span>
      {of.database !== null && <span className="node-facts">{of.database}</span>}
      {(of.more > 0 || (of.open && !of.middle)) && (
        <button
          type="button"
          className="diagram-more nodrag"
          tabIndex={-1}
          data-testid={`diagram-more-${of.name}`}
          aria-label={of.open ? `${DIAGRAM.hide} ${of.name}` : `${of.name}: ${counted(of.more, ...DIAGRAM.neighbours)}`}
          title={of.open ? `${DIAGRAM.hide} ${of.name}` : counted(of.more, ...DIAGRAM.neighbours)}
          onClick={(event) => {
            event.stopPropagation();
            turn(of.key, !of.open);
          }}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          {of.open ? "−" : `+${count(of.more)}`}
        </button>
      )}
    </Ends>
  );
}

function RestNode({ data, selected }: NodeProps) {
  const { side, tables } = data as Group;
  return (
    <Ends data-testid={`diagram-rest-${side}`} data-rest data-selected={selected || undefined}>
      <span>
        {tables.length > 0 && "and "}
        {count(tables.length)} {DIAGRAM.more}…
      </span>
    </Ends>
  );
}

/** The line of a group has no join. */
function JoinEdge({ id, data, selected, markerEnd }: EdgeProps) {
  const { join, line, onPath } = data as Partial<JoinLook> & { line: Line };
  const { pickJoin } = useContext(ActsContext);
  const path = pathThrough(line.points);
  return (
    <>
      {onPath && <path className="diagram-path" d={path} />}
      {selected && <path className="diagram-picked" d={path} />}
      <path
        className="diagram-line"
        d={path}
        data-sure={join?.sure ?? true}
        data-orphans={(join && join.orphans > 0) || undefined}
        markerEnd={markerEnd}
      />
      <path className="react-flow__edge-interaction" d={path} strokeWidth={16} strokeOpacity={0} fill="none" />
      {join && (
        <EdgeLabelRenderer>
          <button
            type="button"
            tabIndex={-1}
            className="diagram-label nopan"
            data-testid="diagram-label"
            data-selected={selected || undefined}
            title={join.relations.map(({ from, to }) => `${endName(from)} → ${endName(to)}`).join("\n")}
            style={{ transform: `translate(-50%, -50%) translate(${line.label.x}px, ${line.label.y}px)` }}
            onClick={() => pickJoin(id)}
          >
            <span className="mono">
              <MiddleCut text={columnsOf(join)} />
            </span>
            <JoinFigures of={join} />
          </button>
        </EdgeLabelRenderer>
      )}
    </>
  );
}

function JoinFigures({ of }: { of: Join }) {
  const cardinality = cardinalityOf(of);
  if (cardinality === "" && of.orphans === 0) return null;
  return (
    <span className="num">
      {cardinality}
      {cardinality !== "" && of.orphans > 0 && " · "}
      {of.orphans > 0 && <span className="problem">{counted(of.orphans, "orphan")}</span>}
    </span>
  );
}

/** In letters, of the wider of its two lines. */
export function labelLength(join: Join): { letters: number; lines: 1 | 2 } {
  const figures = [cardinalityOf(join), join.orphans > 0 ? counted(join.orphans, "orphan") : ""].filter(Boolean);
  return { letters: Math.max(columnsOf(join).length, figures.join(" · ").length), lines: figures.length > 0 ? 2 : 1 };
}

export const NODE_TYPES = { table: memo(TableNode), rest: memo(RestNode) };
export const EDGE_TYPES = { join: memo(JoinEdge) };
