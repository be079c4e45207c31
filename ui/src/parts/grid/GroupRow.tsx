import { Icon } from "../icons";

export type GroupHead = {
  key: string;
  name: string;
  /** What is in it, in figures. */
  note: string;
  open: boolean;
};

/** What the head of a group says, across all columns, and what opens and closes it. */
export function GroupRow({ of, columns, onTurn }: { of: GroupHead; columns: number; onTurn: () => void }) {
  return (
    // biome-ignore lint/a11y: as the rows of the grid.
    <div role="gridcell" aria-colindex={1} aria-colspan={columns} className="grid-group">
      <button
        type="button"
        className="grid-turn"
        tabIndex={-1}
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          onTurn();
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <Icon name={of.open ? "down" : "expand"} size={13} />
      </button>
      <strong>{of.name}</strong>
      <span className="faint">{of.note}</span>
    </div>
  );
}
