import type { ReactNode } from "react";

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
  /** Only where a person asks for it. */
  optional?: boolean;
  sortable?: boolean;
  /** What the mark of sorting leaves out, such as that the list is by database first. */
  sortNote?: string;
  /** To sort by, and to copy unless `text` says otherwise. */
  value?: (row: T) => string | number | null;
  /** As it is shown, without its looks: for the clipboard. */
  text?: (row: T) => string;
  cell: (row: T) => ReactNode;
};

export type Sort = { by: string; descending: boolean };

type Width = Pick<GridColumn<never>, "width" | "grow">;

/** For `grid-template-columns`. */
export function templateOf(columns: readonly Width[]): string {
  return columns
    .map(({ width, grow }) => (grow ? `minmax(${width / 16}rem, ${grow}fr)` : `${width / 16}rem`))
    .join(" ");
}

/** In pixels before zoom. */
export function leastWidth(columns: readonly Width[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0);
}

/** Fewer are all drawn: reckoning which are in sight would cost more than it saves. */
const MANY = 24;

/** Whether only the columns in sight are drawn. Columns that grow have no place before they are laid out. */
export function isWide(columns: readonly Width[]): boolean {
  return columns.length > MANY && columns.every(({ grow }) => grow === undefined);
}

/** Those in sight, and those that always are. */
export function drawn(pinned: readonly number[], inSight: readonly number[]): number[] {
  return [...new Set([...pinned, ...inSight])].sort((a, b) => a - b);
}
