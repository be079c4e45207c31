// Two lists with a canvas between them: sources at the left, targets at the right, links drawn by hand.
// Each list scrolls by itself, so that two thousand of one stay within reach of any of the other.

import { type Connection, ReactFlow } from "@xyflow/react";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { count } from "../format";
import { usePrefs } from "../prefs";
import { inSight, lengthOf } from "./layout";
import { type Draw, DrawContext, EDGE_TYPES, NODE_TYPES } from "./nodes";
import { NONE, nextFree, type Picked, pickLeft, pickLink, pickRight, type Side, step } from "./picked";
import { ScrollBar } from "./ScrollBar";
import { edgeOf, type Item, type Link, type Lists, listed, nodesOf } from "./scene";
import { useScroll } from "./useScroll";
import { ZoomButtons } from "./ZoomButtons";
import "./canvas.css";

export type { Item, Link };

export type Opened = { side: Side; id: string } | { link: string };

type Props = {
  label: string;
  testId: string;
  left: Item[];
  right: Item[];
  links: Link[];
  /** In pixels before zoom. */
  leftHeight: number;
  rightHeight: number;
  draw: Draw;
  headLeft: ReactNode;
  headRight: ReactNode;
  picked: Picked;
  onPick: (picked: Picked) => void;
  onConnect: (left: string[], right: string) => void;
  onOpen: (what: Opened) => void;
  onRetarget: (link: string, right: string) => void;
  children?: ReactNode;
};

export function TwoSides(props: Props) {
  const { left, right, picked, onPick, onConnect, onOpen } = props;
  const unit = usePrefs((prefs) => prefs.zoom);
  const box = useRef<HTMLDivElement>(null);
  const [connecting, setConnecting] = useState(false);
  const heights = { left: props.leftHeight * unit, right: props.rightHeight * unit };
  const scroll = useScroll(box, { left: left.length, right: right.length }, heights, unit);
  const { zoom, view, offset } = scroll;
  const lists = useMemo(() => ({ left: listed(left), right: listed(right) }), [left, right]);
  const links = useMemo(
    () => props.links.filter((link) => lists.left.place.has(link.left) && lists.right.place.has(link.right)),
    [props.links, lists],
  );
  useShowPicked(picked, lists, links, scroll);

  const [first, last] = inSight(left.length, heights.left, offset.left, view);
  // Only what leaves a row in sight is drawn: a thousand lines to rows elsewhere would say nothing.
  const drawn = links.filter((link) => {
    const at = lists.left.place.get(link.left) ?? -1;
    return (at >= first && at <= last) || link.id === picked.link;
  });
  const nodes = scroll.size.width > 0 ? nodesOf(lists, drawn, { ...scroll, heights }, picked) : [];
  const edges = drawn.map((link) => edgeOf(link, picked, zoom));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const free = event.key === "ArrowDown" ? nextFree(picked, lists.left.ids, joinedLeft(props.links)) : undefined;
    const next =
      free !== undefined ? pickLeft(NONE, [], free, PLAIN) : step(event, picked, lists.left.ids, lists.right.ids);
    if (next) onPick(next);
    else if (event.key === "Enter") enter(picked, links, onConnect, onOpen);
    else if (event.key === "+" || event.key === "=") scroll.zoomBy(1);
    else if (event.key === "-") scroll.zoomBy(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const focus = () => box.current?.focus({ preventScroll: true });

  const drawing = useMemo(
    () => ({
      draw: props.draw,
      testIds: (side: Side, id: string) => lists[side].item.get(id)?.testId,
      tones: (side: Side, id: string) => lists[side].item.get(id)?.tone,
      simple: zoom < 0.5,
    }),
    [props.draw, lists, zoom],
  );
  return (
    <DrawContext value={drawing}>
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
            reconnectRadius={14}
            disableKeyboardA11y
            proOptions={{ hideAttribution: true }}
            isValidConnection={({ source, target }) => source.startsWith("left:") && target.startsWith("right:")}
            onConnectStart={() => setConnecting(true)}
            onConnectEnd={() => setConnecting(false)}
            onConnect={({ source, target }: Connection) => onConnect([apart(source)[1]], apart(target)[1])}
            onReconnectStart={() => setConnecting(true)}
            onReconnectEnd={() => setConnecting(false)}
            onReconnect={(edge, to) => props.onRetarget(edge.id, apart(to.target)[1])}
            onNodeClick={(event, node) => {
              const [side, id] = apart(node.id);
              onPick(side === "left" ? pickLeft(picked, lists.left.ids, id, event) : pickRight(picked, id));
              focus();
            }}
            onNodeDoubleClick={(_, node) => {
              const [side, id] = apart(node.id);
              onOpen({ side, id });
            }}
            onEdgeClick={(_, edge) => {
              onPick(pickLink(edge.id, apart(edge.source)[1]));
              focus();
            }}
            onEdgeDoubleClick={(_, edge) => onOpen({ link: edge.id })}
            onPaneClick={() => {
              onPick(NONE);
              focus();
            }}
          />
          {(["left", "right"] as const).map((side) => (
            <ScrollBar
              key={side}
              side={side}
              length={lengthOf(lists[side].ids.length, heights[side]) * zoom}
              at={offset[side] * zoom}
              view={scroll.size.height}
              onScroll={(to) => scroll.scrollTo(side, to / zoom)}
            />
          ))}
          {props.children}
        </div>
        <ZoomButtons zoom={zoom} onZoom={scroll.zoomBy} onReset={scroll.resetZoom} />
        <div className="sr-only" aria-live="polite">
          {spoken(picked, lists)}
        </div>
      </div>
    </DrawContext>
  );
}

const PLAIN = { shiftKey: false, ctrlKey: false, metaKey: false };

function joinedLeft(links: Link[]): Set<string> {
  return new Set(links.map((link) => link.left));
}

type Scroll = ReturnType<typeof useScroll>;

/** What was picked comes into sight, and so does the first thing it is linked to. */
function useShowPicked(picked: Picked, lists: Lists, links: Link[], { view, show }: Scroll) {
  const active = picked.left.active;
  const ready = view > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new pick moves the lists.
  useEffect(() => {
    if (!ready) return;
    const bring = (side: Side, id: string | null | undefined) => {
      const at = id == null ? undefined : lists[side].place.get(id);
      if (at !== undefined) show(side, at);
    };
    if (picked.side === "right") {
      bring("right", picked.right);
      return;
    }
    bring("left", active);
    if (picked.right === undefined) bring("right", links.find((link) => link.left === active)?.right);
  }, [active, picked.right, picked.side, ready]);
}

function enter(picked: Picked, links: Link[], onConnect: Props["onConnect"], onOpen: Props["onOpen"]) {
  const { link, right } = picked;
  const left = [...picked.left.chosen];
  if (link !== undefined) return onOpen({ link });
  if (left.length > 0 && right !== undefined) {
    const missing = left.filter((id) => !links.some((one) => one.left === id && one.right === right));
    const made = links.find((one) => one.left === left[0] && one.right === right);
    return missing.length > 0 || !made ? onConnect(missing, right) : onOpen({ link: made.id });
  }
  if (left[0] !== undefined) onOpen({ side: "left", id: left[0] });
  else if (right !== undefined) onOpen({ side: "right", id: right });
}

function spoken(picked: Picked, lists: Lists): string {
  const [first] = picked.left.chosen;
  const left =
    picked.left.chosen.size > 1
      ? `${count(picked.left.chosen.size)} selected`
      : first && lists.left.item.get(first)?.label;
  const right = picked.right === undefined ? undefined : lists.right.item.get(picked.right)?.label;
  return [left, right].filter(Boolean).join(" to ");
}

function apart(nodeId: string): [Side, string] {
  const at = nodeId.indexOf(":");
  return [nodeId.slice(0, at) as Side, nodeId.slice(at + 1)];
}
