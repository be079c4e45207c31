// What React Flow draws. Nodes hold an id; what they show comes from whoever owns the list.

import { BaseEdge, type EdgeProps, getBezierPath, Handle, type NodeProps, Position } from "@xyflow/react";
import { createContext, memo, type ReactNode, useContext } from "react";
import type { Side } from "./picked";

export type Draw = (side: Side, id: string, simple: boolean) => ReactNode;

type Drawing = {
  draw: Draw;
  testIds: (side: Side, id: string) => string | undefined;
  /** Far out: names only. */
  simple: boolean;
};

export const DrawContext = createContext<Drawing>({ draw: () => null, testIds: () => undefined, simple: false });

function SideNode({ data, type, selected }: NodeProps) {
  const { draw, testIds, simple } = useContext(DrawContext);
  const side = type as Side;
  const id = String(data.id);
  return (
    <div className="side-node" data-side={side} data-selected={selected || undefined} data-testid={testIds(side, id)}>
      {draw(side, id, simple)}
      {side === "left" ? (
        <Handle type="source" position={Position.Right} className="side-source" data-testid="connect-handle" />
      ) : (
        <Handle type="target" position={Position.Left} className="side-target" />
      )}
    </div>
  );
}

function LinkEdge(props: EdgeProps) {
  const [path, labelX, labelY] = getBezierPath(props);
  const near = props.data?.near === true;
  const label = props.data?.label as string | undefined;
  return (
    <BaseEdge
      path={path}
      className={near ? "link-edge near" : "link-edge"}
      interactionWidth={16}
      label={label}
      labelX={labelX}
      labelY={labelY}
      labelShowBg
      labelBgPadding={[5, 2]}
      labelBgBorderRadius={3}
    />
  );
}

const side = memo(SideNode);
export const NODE_TYPES = { left: side, right: side };
export const EDGE_TYPES = { link: memo(LinkEdge) };
