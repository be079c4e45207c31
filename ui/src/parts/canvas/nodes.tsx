// What React Flow draws. Nodes hold an id; what they show comes from whoever owns the list.

import { BaseEdge, type EdgeProps, getBezierPath, Handle, type NodeProps, Position } from "@xyflow/react";
import { createContext, memo, type ReactNode, useContext } from "react";
import { pointOn } from "./layout";
import type { Side } from "./picked";

export type Draw = (side: Side, id: string, simple: boolean) => ReactNode;

type Drawing = {
  draw: Draw;
  testIds: (side: Side, id: string) => string | undefined;
  /** Something to be noticed about the node, such as a required field without a mapping. */
  tones: (side: Side, id: string) => string | undefined;
  /** Far out: names only. */
  simple: boolean;
};

export const DrawContext = createContext<Drawing>({
  draw: () => null,
  testIds: () => undefined,
  tones: () => undefined,
  simple: false,
});

export type EdgeLook = { label?: string; near: boolean; weight: number };

function SideNode({ data, type, selected }: NodeProps) {
  const { draw, testIds, tones, simple } = useContext(DrawContext);
  const side = type as Side;
  const id = String(data.id);
  return (
    <div
      className="side-node"
      data-side={side}
      data-selected={selected || undefined}
      data-end={data.end || undefined}
      data-tone={tones(side, id)}
      data-testid={testIds(side, id)}
    >
      {draw(side, id, simple)}
      {side === "left" ? (
        <Handle type="source" position={Position.Right} className="side-source" data-testid="connect-handle" />
      ) : (
        <Handle type="target" position={Position.Left} className="side-target" />
      )}
    </div>
  );
}

/** A third of the way along: away from both crowded ends, and from the middle where links cross. */
const LABEL_AT = 0.3;

function LinkEdge(props: EdgeProps) {
  const [path] = getBezierPath(props);
  const { label, near, weight } = props.data as EdgeLook;
  const [labelX, labelY] = pointOn(props, LABEL_AT);
  return (
    <BaseEdge
      path={path}
      className={near ? "link-edge near" : "link-edge"}
      style={{ strokeWidth: thickness(weight), strokeDasharray: weight === 0 ? "4 4" : undefined }}
      markerEnd={props.markerEnd}
      interactionWidth={18}
      label={label}
      labelX={labelX}
      labelY={labelY}
      labelShowBg
      labelBgPadding={[5, 2]}
      labelBgBorderRadius={3}
    />
  );
}

/** In pixels. Ten times the fields look about twice as thick. */
function thickness(weight: number): number {
  return Math.min(6, 1.5 + Math.log2(1 + weight) * 0.6);
}

const side = memo(SideNode);
export const NODE_TYPES = { left: side, right: side };
export const EDGE_TYPES = { link: memo(LinkEdge) };
