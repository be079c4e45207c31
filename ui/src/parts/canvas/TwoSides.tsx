// Two lists with a canvas between them: sources at the left, targets at the right, links drawn by hand.
// Each list scrolls by itself, so that two thousand of one stay within reach of any of the other.

import {
  type Connection,
  type Edge,
  type EdgeMouseHandler,
  type Node,
  type NodeMouseHandler,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { usePrefs } from "../prefs";
import { clampOffset, columnsIn, inSight, lengthOf, reveal, topOf } from "./layout";
import { type Draw, DrawContext, EDGE_TYPES, NODE_TYPES } from "./nodes";
import { type Picked, type Side, step } from "./picked";
import { useWheel } from "./useWheel";
import "./canvas.css";

export type Item = { id: string; testId: string; label: string };
export type Link = { id: string; left: string; right: string; label?: string };

type Props = {
  label: string;
  testId: string;
  left: Item[];
  right: Item[];
  links: Link[];
  leftHeight: number;
  rightHeight: number;
  draw: Draw;
  headLeft: ReactNode;
  headRight: ReactNode;
  picked: Picked;
  onPick: (picked: Picked) => void;
  onConnect: (left: string, right: string) => void;
  onOpen?: (what: { side: Side; id: string } | { link: string }) => void;
  onRetarget?: (link: string, right: string) => void;
};

const ZOOMS = [0.4, 0.5, 0.67, 0.8, 1, 1.25, 1.5];

export function TwoSides(props: Props) {
  const { left, right, links, picked, onPick, onConnect, onOpen, onRetarget } = props;
  const unit = usePrefs((prefs) => prefs.zoom);
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [zoom, setZoom] = useState(1);
  const [wanted, setWanted] = useState({ left: 0, right: 0 });
  const [connecting, setConnecting] = useState(false);

  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);

  const heights = { left: props.leftHeight * unit, right: props.rightHeight * unit };
  const view = size.height / zoom;
  const columns = columnsIn(size.width / zoom, unit);
  const offset = {
    left: clampOffset(wanted.left, left.length, heights.left, view),
    right: clampOffset(wanted.right, right.length, heights.right, view),
  };

  const places = useMemo(
    () => ({
      left: new Map(left.map((item, at) => [item.id, at])),
      right: new Map(right.map((item, at) => [item.id, at])),
    }),
    [left, right],
  );
  const shownLinks = useMemo(
    () => links.filter((link) => places.left.has(link.left) && places.right.has(link.right)),
    [links, places],
  );

  const scrollBy = useCallback(
    (side: Side, delta: number) => {
      const [count, height] = side === "left" ? [left.length, heights.left] : [right.length, heights.right];
      setWanted((was) => {
        const from = clampOffset(was[side], count, height, view);
        return { ...was, [side]: clampOffset(from + delta, count, height, view) };
      });
    },
    [left.length, right.length, heights.left, heights.right, view],
  );
  const zoomBy = useCallback((steps: number) => {
    setZoom((was) => {
      const at = ZOOMS.findIndex((one) => one >= was - 0.001);
      return ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, at + steps))] ?? 1;
    });
  }, []);
  useWheel(box, scrollBy, zoomBy);

  // What was picked comes into sight, and so does the first thing it is linked to.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new pick moves the lists.
  useEffect(() => {
    const show = (side: Side, id: string | undefined) => {
      const at = id === undefined ? undefined : places[side].get(id);
      if (at === undefined || view === 0) return;
      setWanted((was) => ({ ...was, [side]: reveal(at, heights[side], offset[side], view) }));
    };
    show("left", picked.left);
    show("right", picked.right ?? firstLinked(picked.left));
  }, [picked.left, picked.right, view > 0]);

  function firstLinked(id: string | undefined): string | undefined {
    const linked = shownLinks.filter((link) => link.left === id).map((link) => link.right);
    const [first, last] = inSight(right.length, heights.right, offset.right, view, -1);
    const isSeen = (one: string) => between(places.right.get(one) ?? -1, first, last);
    return linked.some(isSeen) ? undefined : linked[0];
  }

  const linkedLeft = useMemo(() => new Set(shownLinks.map((link) => link.left)), [shownLinks]);
  const linkedRight = useMemo(() => new Set(shownLinks.map((link) => link.right)), [shownLinks]);

  const nodesOf = (side: Side, items: Item[], linked: ReadonlySet<string>): Node[] => {
    const height = heights[side];
    const [first, last] = inSight(items.length, height, offset[side], view);
    const nodes: Node[] = [];
    items.forEach((item, at) => {
      if (!between(at, first, last) && !linked.has(item.id)) return;
      const isLeft = side === "left";
      nodes.push({
        id: `${side}:${item.id}`,
        type: side,
        position: { x: isLeft ? columns.leftX : columns.rightX, y: topOf(at, height, offset[side]) },
        data: { id: item.id },
        width: columns.width,
        height,
        selected: picked[side] === item.id,
        handles: [
          isLeft
            ? { type: "source", position: Position.Right, x: columns.width - 1, y: height / 2, width: 1, height: 1 }
            : { type: "target", position: Position.Left, x: 0, y: height / 2, width: 1, height: 1 },
        ],
      });
    });
    return nodes;
  };
  const nodes = size.width > 0 ? [...nodesOf("left", left, linkedLeft), ...nodesOf("right", right, linkedRight)] : [];

  const edges: Edge[] = useMemo(
    () =>
      shownLinks.map((link) => {
        const near = picked.link === link.id || picked.left === link.left || picked.right === link.right;
        return {
          id: link.id,
          type: "link",
          source: `left:${link.left}`,
          target: `right:${link.right}`,
          selected: picked.link === link.id,
          data: { label: zoom < 0.5 ? undefined : link.label, near },
          zIndex: near ? 1 : 0,
        };
      }),
    [shownLinks, picked, zoom],
  );

  const onNodeClick: NodeMouseHandler = (event, node) => {
    const [side, id] = apart(node.id);
    const add = event.shiftKey || event.ctrlKey || event.metaKey;
    onPick(add ? { ...picked, link: undefined, [side]: id } : { [side]: id });
    box.current?.focus({ preventScroll: true });
  };
  const onNodeDoubleClick: NodeMouseHandler = (_, node) => {
    const [side, id] = apart(node.id);
    onOpen?.({ side, id });
  };
  const onEdgeClick: EdgeMouseHandler = (_, edge) => onPick({ link: edge.id });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const next = step(event.key, picked, left, right);
    if (next) onPick(next);
    else if (event.key === "Enter" && picked.left !== undefined && picked.right !== undefined) {
      const made = shownLinks.find((link) => link.left === picked.left && link.right === picked.right);
      if (made && onOpen) onOpen({ link: made.id });
      else if (!made) onConnect(picked.left, picked.right);
    } else if (event.key === "Enter" && picked.link !== undefined) onOpen?.({ link: picked.link });
    else if (event.key === "Enter" && picked.left !== undefined) onOpen?.({ side: "left", id: picked.left });
    else if (event.key === "+" || event.key === "=") zoomBy(1);
    else if (event.key === "-") zoomBy(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const spoken = [
    left.find((item) => item.id === picked.left)?.label,
    right.find((item) => item.id === picked.right)?.label,
  ].filter(Boolean);

  return (
    <DrawContext value={{ draw: props.draw, testIds: testIdsOf(left, right), simple: zoom < 0.5 }}>
      <div className="two-sides">
        <div className="two-sides-heads">
          <div>{props.headLeft}</div>
          <div>{props.headRight}</div>
        </div>
        <div
          ref={box}
          className="two-sides-canvas"
          role="application"
          aria-label={`${props.label}. Arrow keys move and change sides, Enter connects or opens.`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it has keys of its own; what they reach is spoken below.
          tabIndex={0}
          data-testid={props.testId}
          data-connecting={connecting || undefined}
          onKeyDown={onKeyDown}
        >
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            viewport={{ x: 0, y: 0, zoom }}
            minZoom={0.3}
            maxZoom={2}
            onlyRenderVisibleElements
            nodesDraggable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            panOnDrag={false}
            panOnScroll={false}
            zoomOnScroll={false}
            zoomOnPinch={false}
            zoomOnDoubleClick={false}
            preventScrolling={false}
            autoPanOnConnect={false}
            deleteKeyCode={null}
            selectionKeyCode={null}
            multiSelectionKeyCode={null}
            connectionRadius={28}
            edgesReconnectable={false}
            disableKeyboardA11y
            proOptions={{ hideAttribution: true }}
            isValidConnection={({ source, target }) => source.startsWith("left:") && target.startsWith("right:")}
            onConnectStart={() => setConnecting(true)}
            onConnectEnd={() => setConnecting(false)}
            onConnect={({ source, target }: Connection) => onConnect(apart(source)[1], apart(target)[1])}
            onReconnectStart={() => setConnecting(true)}
            onReconnectEnd={() => setConnecting(false)}
            onReconnect={onRetarget ? (edge, to) => onRetarget(edge.id, apart(to.target)[1]) : undefined}
            onNodeClick={onNodeClick}
            onNodeDoubleClick={onNodeDoubleClick}
            onEdgeClick={onEdgeClick}
            onEdgeDoubleClick={(_, edge) => onOpen?.({ link: edge.id })}
            onPaneClick={() => onPick({})}
          />
          <ScrollBar
            side="left"
            length={lengthOf(left.length, heights.left) * zoom}
            at={offset.left * zoom}
            view={size.height}
            onScroll={(to) => setWanted((was) => ({ ...was, left: to / zoom }))}
          />
          <ScrollBar
            side="right"
            length={lengthOf(right.length, heights.right) * zoom}
            at={offset.right * zoom}
            view={size.height}
            onScroll={(to) => setWanted((was) => ({ ...was, right: to / zoom }))}
          />
        </div>
        <fieldset className="two-sides-zoom" aria-label="Zoom">
          <button type="button" aria-label="Zoom out" onClick={() => zoomBy(-1)}>
            −
          </button>
          <button type="button" aria-label="Back to 100 %" onClick={() => setZoom(1)}>
            {Math.round(zoom * 100)} %
          </button>
          <button type="button" aria-label="Zoom in" onClick={() => zoomBy(1)}>
            +
          </button>
        </fieldset>
        <div className="sr-only" aria-live="polite">
          {spoken.join(" to ")}
        </div>
      </div>
    </DrawContext>
  );
}

type BarProps = { side: Side; length: number; at: number; view: number; onScroll: (to: number) => void };

/** A plain scroll bar for one list: where one is in two thousand. The wheel and the arrow keys do the same. */
function ScrollBar({ side, length, at, view, onScroll }: BarProps) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (bar.current && Math.abs(bar.current.scrollTop - at) > 1) bar.current.scrollTop = at;
  }, [at]);
  if (length <= view + 1) return null;
  return (
    <div
      ref={bar}
      className="two-sides-bar"
      data-side={side}
      aria-hidden
      tabIndex={-1}
      onScroll={(event) => {
        const to = event.currentTarget.scrollTop;
        if (Math.abs(to - at) > 1) onScroll(to);
      }}
    >
      <div style={{ height: length }} />
    </div>
  );
}

function apart(nodeId: string): [Side, string] {
  const at = nodeId.indexOf(":");
  return [nodeId.slice(0, at) as Side, nodeId.slice(at + 1)];
}

function between(at: number, first: number, last: number): boolean {
  return at >= first && at <= last;
}

function testIdsOf(left: Item[], right: Item[]) {
  const find = (side: Side, id: string) => (side === "left" ? left : right).find((item) => item.id === id)?.testId;
  return find;
}
