// A virtual grid of rows with a spreadsheet's selection. It asks for a row by its place, so a caller may load rows in pages.

import { createColumnHelper, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
} from "react";
import { useRowHeight } from "../prefs";
import { all, moved, only, ranged, type Selection, toggled } from "./selection";
import "./grid.css";

export type GridColumn<T> = {
  id: string;
  header: string;
  /** Drawn instead of the plain header. */
  title?: ReactNode;
  /** Width in pixels before zoom; with `grow`, the least width. */
  width: number;
  grow?: number;
  numeric?: boolean;
  /** Stays in sight when the grid scrolls sideways; for the first column. */
  pinned?: boolean;
  sortable?: boolean;
  cell: (row: T) => ReactNode;
};

export type Sort = { by: string; descending: boolean };

type Props<T> = {
  label: string;
  columns: GridColumn<T>[];
  count: number;
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
  /** Rows hold controls of their own and may be higher. */
  rowHeight?: number;
};

const features = tableFeatures({});

export function Grid<T extends object>(props: Props<T>) {
  const { columns, count, row, keys, selection, onSelection, onSpan } = props;
  const id = useId();
  const base = useRowHeight();
  const height = props.rowHeight ?? base;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtual list keeps measured heights until told.
  useEffect(() => virtual.measure(), [height]);

  // Coming back to a list is coming back to the row one left.
  const listed = (keys?.length ?? 0) > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as soon as there are rows.
  useEffect(() => {
    const at = selection?.active == null ? -1 : (keys?.indexOf(selection.active) ?? -1);
    if (at > 0) virtual.scrollToIndex(at, { align: "center" });
  }, [listed]);

  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onSpan?.(first, last), [onSpan, first, last]);

  const helper = useMemo(() => createColumnHelper<typeof features, T>(), []);
  const defs = useMemo(
    () =>
      helper.columns(
        columns.map((column) =>
          helper.display({ id: column.id, header: column.header, cell: ({ row: r }) => column.cell(r.original) }),
        ),
      ),
    [helper, columns],
  );
  const shown = items.map((item) => row(item.index));
  const there = shown.filter((one): one is T => one !== undefined);
  const table = useTable({ features, columns: defs, data: there });
  const rows = table.getRowModel().rows;

  const template = columns
    .map(({ width, grow }) => (grow ? `minmax(${width / 16}rem, ${grow}fr)` : `${width / 16}rem`))
    .join(" ");
  const least = columns.reduce((sum, { width }) => sum + width, 0);

  const show = useCallback(
    (next: Selection) => {
      onSelection?.(next);
      const at = next.active === null ? -1 : (keys?.indexOf(next.active) ?? -1);
      if (at >= 0) virtual.scrollToIndex(at);
    },
    [onSelection, keys, virtual],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (!keys || !selection || event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / height) - 2);
    const step = stepOf(event, page, keys.length);
    const mod = event.ctrlKey || event.metaKey;
    if (step !== null) show(moved(selection, keys, step, event.shiftKey));
    else if (mod && event.key.toLowerCase() === "a") onSelection?.(all(selection, keys));
    else if (event.key === " " && selection.active !== null) onSelection?.(toggled(selection, selection.active));
    else if (event.key === "Enter" && selection.active !== null) props.onOpen?.(selection.active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onRowClick = (event: MouseEvent, key: string) => {
    if (!keys || !selection || (event.target as HTMLElement).closest("button, select, input, a")) return;
    if (event.shiftKey) onSelection?.(ranged(selection, keys, key));
    else if (event.ctrlKey || event.metaKey) onSelection?.(toggled(selection, key));
    else onSelection?.(only(key));
  };

  let at = 0;
  const activeAt = selection?.active != null ? (keys?.indexOf(selection.active) ?? -1) : -1;
  const activeShown = activeAt >= first && activeAt <= last && activeAt >= 0;
  return (
    <div className="grid-box">
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual grid cannot be a table element. */}
      <div
        ref={scroller}
        className="grid"
        role="grid"
        aria-label={props.label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-multiselectable={keys ? true : undefined}
        aria-activedescendant={activeShown ? `${id}-${activeAt}` : undefined}
        tabIndex={0}
        data-testid={props.testId}
        onKeyDown={onKeyDown}
        onPointerOver={nameCut}
      >
        <div className="grid-inner" style={{ minWidth: `${least / 16}rem` }}>
          {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above. */}
          <div role="row" aria-rowindex={1} className="grid-head" style={{ gridTemplateColumns: template }}>
            {columns.map((column, index) => (
              <HeaderCell key={column.id} column={column} index={index} sort={props.sort} onSort={props.onSort} />
            ))}
          </div>
          <div className="grid-body" role="presentation" style={{ height: virtual.getTotalSize() }}>
            {items.map((item, index) => {
              const data = shown[index];
              const model = data === undefined ? undefined : rows[at++];
              const key = keys?.[item.index];
              const chosen = key !== undefined && selection?.chosen.has(key);
              return (
                // biome-ignore lint/a11y: the grid holds the focus; its keys are handled there.
                <div
                  key={item.key}
                  id={`${id}-${item.index}`}
                  role="row"
                  aria-rowindex={item.index + 2}
                  aria-selected={keys ? chosen : undefined}
                  data-active={key !== undefined && key === selection?.active ? true : undefined}
                  data-testid={data && props.rowTestId?.(data)}
                  {...(props.keyAttribute ? { [props.keyAttribute]: key } : {})}
                  className="grid-row"
                  style={{ gridTemplateColumns: template, height: item.size, transform: `translateY(${item.start}px)` }}
                  onClick={key === undefined ? undefined : (event) => onRowClick(event, key)}
                  onDoubleClick={key === undefined ? undefined : () => props.onOpen?.(key)}
                >
                  {model
                    ? model.getAllCells().map((cell, c) => (
                        // biome-ignore lint/a11y: as above.
                        <div
                          key={cell.id}
                          role="gridcell"
                          aria-colindex={c + 1}
                          className={columns[c]?.numeric ? "grid-cell numeric" : "grid-cell"}
                          data-pinned={columns[c]?.pinned || undefined}
                        >
                          <table.FlexRender cell={cell} />
                        </div>
                      ))
                    : columns.map((column) => (
                        // biome-ignore lint/a11y: as above.
                        <div key={column.id} role="gridcell" className="grid-cell waiting">
                          …
                        </div>
                      ))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      {count === 0 && props.empty && <div className="grid-empty">{props.empty}</div>}
    </div>
  );
}

/** What is cut is whole on hover. */
function nameCut(event: PointerEvent) {
  const cell = (event.target as HTMLElement).closest<HTMLElement>(".grid-cell");
  if (!cell || cell.querySelector("[title]")) return;
  // Reckoned anew each time: the row may have become another's since.
  cell.title = cell.scrollWidth > cell.clientWidth ? (cell.textContent ?? "") : "";
}

function HeaderCell<T>(props: { column: GridColumn<T>; index: number; sort?: Sort; onSort?: (by: string) => void }) {
  const { column, sort, onSort } = props;
  const sorted = sort?.by === column.id ? (sort.descending ? "descending" : "ascending") : undefined;
  const canSort = column.sortable && onSort;
  return (
    // biome-ignore lint/a11y: see the grid.
    <div
      role="columnheader"
      aria-colindex={props.index + 1}
      aria-sort={canSort ? (sorted ?? "none") : undefined}
      className={column.numeric ? "grid-cell numeric" : "grid-cell"}
      data-pinned={column.pinned || undefined}
    >
      {canSort ? (
        <button type="button" className="grid-sort" data-testid={`sort-${column.id}`} onClick={() => onSort(column.id)}>
          {column.header}
          <span aria-hidden className="grid-arrow">
            {sorted === "ascending" ? "▲" : sorted === "descending" ? "▼" : ""}
          </span>
        </button>
      ) : (
        <span className="grid-title">{column.title ?? column.header}</span>
      )}
    </div>
  );
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
