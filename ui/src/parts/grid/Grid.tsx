// A virtual grid of rows with a spreadsheet's selection. It asks for a row by its place, so a caller may load rows in pages.

import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
} from "react";
import { GRID } from "../../words";
import { type Action, useActions } from "../actions";
import { useRowHeight } from "../prefs";
import { ColumnMenu } from "./ColumnMenu";
import { type GridColumn, leastWidth, type Sort, templateOf } from "./column";
import { copyRows } from "./copy";
import { GridHead } from "./GridHead";
import { type GroupHead, GroupRow } from "./GroupRow";
import { all, moved, only, ranged, type Selection, toggled } from "./selection";
import { useColumns } from "./useColumns";
import { useCellsInSight, useRowsInSight, useShowColumn } from "./useInSight";
import "./grid.css";

export type { GridColumn, Sort };

type Props<T> = {
  label: string;
  columns: GridColumn<T>[];
  count: number;
  /** What it shows was asked for earlier: an answer is on its way. */
  busy?: boolean;
  /** Undefined while its page is on its way. */
  row: (at: number) => T | undefined;
  /** All keys in order, where rows can be selected. */
  keys?: readonly string[];
  selection?: Selection;
  onSelection?: (selection: Selection) => void;
  onOpen?: (key: string) => void;
  sort?: Sort;
  onSort?: (by: string) => void;
  /** The span on screen, for paging. */
  onSpan?: (first: number, last: number) => void;
  rowTestId?: (row: T) => string;
  /** Where a row's key stands in the page. */
  keyAttribute?: `data-${string}`;
  testId?: string;
  empty?: ReactNode;
  /** Under which its columns stay as the person wants them. Only for columns that are the program's own. */
  name?: string;
  /** The id of a column that a person came for: it is scrolled into sight, and marked. */
  showColumn?: string;
  /** Of the rows that are heads of groups, what they say; the others are rows of the list. */
  head?: (at: number) => GroupHead | undefined;
  /** Opens or closes a group; without `open`, what it is not. */
  onTurn?: (key: string, open?: boolean) => void;
  /** The rows of keys of which not all are in the window. */
  rowsOf?: (keys: string[]) => Promise<T[]>;
};

export function Grid<T extends object>(props: Props<T>) {
  const { count, row, keys, selection, onSpan } = props;
  const id = useId();
  const height = useRowHeight();
  const scroller = useRef<HTMLDivElement>(null);
  const down = useRowsInSight(scroller, count, height);
  const { first, last, showRow } = down;
  useEffect(() => onSpan?.(first, last), [onSpan, first, last]);
  useReturn(keys, selection, showRow);

  const shown = down.rows.map((item) => ({ item, data: row(item.index) }));
  const { table, rows, columns, layout } = useColumns(
    props.columns,
    shown.flatMap(({ data }) => (data === undefined ? [] : [data])),
    props.name,
  );
  const cells = useCellsInSight(scroller, columns);
  useShowColumn(scroller, columns, props.showColumn);
  const handlers = useHandlers(props, columns, showRow, () =>
    Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / height) - 2),
  );

  useActions(keys ? COPY : NO_ACTIONS);

  let loaded = 0;
  const activeAt = placeOf(keys, selection);
  return (
    <div className="grid-box">
      {/* biome-ignore lint/a11y: a virtual grid cannot be a table element; its role is one of two. */}
      <div
        ref={scroller}
        className="grid"
        role={props.head ? "treegrid" : "grid"}
        aria-label={props.label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-multiselectable={keys ? true : undefined}
        aria-busy={props.busy || undefined}
        aria-activedescendant={activeAt >= first && activeAt <= last ? `${id}-${activeAt}` : undefined}
        tabIndex={0}
        data-testid={props.testId}
        onKeyDown={handlers.onKeyDown}
        onPointerOver={nameCut}
      >
        <div className="grid-inner" style={laidOut(columns, props.name !== undefined)}>
          <GridHead
            columns={columns}
            cells={cells}
            sort={props.sort}
            onSort={props.onSort}
            layout={layout}
            marked={props.showColumn}
          />
          <div className="grid-body" role="presentation" style={{ height: down.length }}>
            {shown.map(({ item, data }) => {
              const model = data === undefined ? undefined : rows[loaded++];
              const key = keys?.[item.index];
              const head = data === undefined ? props.head?.(item.index) : undefined;
              return (
                // biome-ignore lint/a11y: the grid holds the focus; its keys are handled there.
                <div
                  key={item.key}
                  id={`${id}-${item.index}`}
                  role="row"
                  aria-rowindex={item.index + 2}
                  aria-level={props.head && (head ? 1 : 2)}
                  aria-expanded={head?.open}
                  aria-selected={keys ? key !== undefined && selection?.chosen.has(key) : undefined}
                  data-active={key !== undefined && key === selection?.active ? true : undefined}
                  data-testid={head ? "grid-group" : data && props.rowTestId?.(data)}
                  {...(props.keyAttribute && !head ? { [props.keyAttribute]: key } : {})}
                  className="grid-row"
                  data-head={head ? true : undefined}
                  style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                  onClick={key === undefined ? undefined : (event) => handlers.onRowClick(event, key)}
                  onDoubleClick={key === undefined ? undefined : () => props.onOpen?.(key)}
                >
                  {head ? (
                    <GroupRow of={head} columns={columns.length} onTurn={() => props.onTurn?.(head.key)} />
                  ) : (
                    cells.map((at) => {
                      const column = columns[at];
                      const cell = column && model?.getAllCellsByColumnId()[column.id];
                      return (
                        <Cell key={at} column={column} at={at}>
                          {cell ? <table.FlexRender cell={cell} /> : "…"}
                        </Cell>
                      );
                    })
                  )}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      {props.name !== undefined && <ColumnMenu layout={layout} />}
      {count === 0 && props.empty && <div className="grid-empty">{props.empty}</div>}
    </div>
  );
}

type CellProps<T> = { column: GridColumn<T> | undefined; at: number; children: ReactNode };

function Cell<T>({ column, at, children }: CellProps<T>) {
  return (
    // biome-ignore lint/a11y: as the row.
    <div
      role="gridcell"
      aria-colindex={at + 1}
      className={column?.numeric ? "grid-cell numeric" : "grid-cell"}
      data-pinned={column?.pinned || undefined}
      style={{ gridColumnStart: at + 1 }}
    >
      {children}
    </div>
  );
}

const NO_ACTIONS: Action[] = [];
const COPY: Action[] = [
  { id: "copy-rows", name: GRID.copy, group: "Lists", keys: ["mod+c"], onlyListed: true, run: () => {} },
];

/** In rems: the button that chooses columns stands there, and no figure below it. */
const MENU = 2;

function laidOut<T>(columns: GridColumn<T>[], withMenu: boolean): CSSProperties {
  const style: Record<string, string> = {
    minWidth: `${leastWidth(columns) / 16 + (withMenu ? MENU : 0)}rem`,
    "--grid-columns": `${templateOf(columns)}${withMenu ? ` ${MENU}rem` : ""}`,
  };
  return style;
}

function placeOf(keys: readonly string[] | undefined, selection: Selection | undefined): number {
  return selection?.active == null ? -1 : (keys?.indexOf(selection.active) ?? -1);
}

/** Coming back to a list is coming back to the row one left. */
function useReturn(
  keys: readonly string[] | undefined,
  selection: Selection | undefined,
  showRow: (at: number, align: "center") => void,
) {
  const listed = (keys?.length ?? 0) > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as soon as there are rows.
  useEffect(() => {
    const at = placeOf(keys, selection);
    if (at > 0) showRow(at, "center");
  }, [listed]);
}

function useHandlers<T>(props: Props<T>, columns: GridColumn<T>[], showRow: (at: number) => void, page: () => number) {
  const { keys, selection, onSelection, onOpen } = props;
  const show = (next: Selection) => {
    onSelection?.(next);
    const at = placeOf(keys, next);
    if (at >= 0) showRow(at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!keys || !selection || event.target !== event.currentTarget) return;
    const step = stepOf(event, page(), keys.length);
    const turned = headTurned(props, event);
    const mod = event.ctrlKey || event.metaKey;
    if (step !== null) show(moved(selection, keys, step, event.shiftKey));
    else if (turned !== null) turned();
    else if (mod && event.key.toLowerCase() === "a") onSelection?.(all(selection, keys));
    else if (mod && event.key.toLowerCase() === "c" && selection.chosen.size > 0) copy(keys, selection);
    else if (event.key === " " && selection.active !== null) onSelection?.(toggled(selection, selection.active));
    else if (event.key === "Enter" && selection.active !== null) onOpen?.(selection.active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const copy = (all: readonly string[], { chosen }: Selection) => {
    const places = all.flatMap((key, at) => (chosen.has(key) ? [at] : []));
    const known = places.flatMap((at) => props.row(at) ?? []);
    const rows = known.length === places.length ? known : props.rowsOf?.([...chosen]);
    copyRows(columns, rows ?? known);
  };
  const onRowClick = (event: MouseEvent, key: string) => {
    if (!keys || !selection || (event.target as HTMLElement).closest("button, select, input, a")) return;
    if (event.shiftKey) onSelection?.(ranged(selection, keys, key));
    else if (event.ctrlKey || event.metaKey) onSelection?.(toggled(selection, key));
    else onSelection?.(only(key));
  };
  return { onKeyDown, onRowClick };
}

/** As in a tree: ← closes the group, from a row in it by going to its head; → opens it. */
function headTurned<T>({ keys, selection, head, onTurn, onSelection }: Props<T>, event: KeyboardEvent) {
  const way = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
  const at = placeOf(keys, selection);
  if (!head || !keys || way === 0 || at < 0) return null;
  const here = head(at);
  if (here) return () => onTurn?.(here.key, way > 0);
  let above = at;
  while (above > 0 && !head(above)) above -= 1;
  const key = keys[above];
  return () => way < 0 && key !== undefined && onSelection?.(only(key));
}

/** What is cut is whole on hover. */
function nameCut(event: PointerEvent) {
  const cell = (event.target as HTMLElement).closest<HTMLElement>(".grid-cell");
  if (!cell || cell.querySelector("[title]")) return;
  // Reckoned anew each time: the row may have become another's since.
  cell.title = cell.scrollWidth > cell.clientWidth ? (cell.textContent ?? "") : "";
}

function stepOf(event: KeyboardEvent, page: number, count: number): number | null {
  switch (event.key) {
    case "ArrowDown":
      return 1;
    case "ArrowUp":
      return -1;
    case "PageDown":
      return page;
    case "PageUp":
      return -page;
    case "Home":
      return -count;
    case "End":
      return count;
    default:
      return null;
  }
}
