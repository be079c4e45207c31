import { ActionIcon } from "@mantine/core";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useDetailsCount } from "../parts/Details";
import { Icon } from "../parts/icons";
import { setPrefs, usePrefs } from "../parts/prefs";
import { FRAME } from "../words";

const LEAST = 280;
const MOST = 640;

const within = (width: number) => Math.max(LEAST, Math.min(MOST, width));

export function DetailsPanel({ onSlot }: { onSlot: (slot: HTMLElement | null) => void }) {
  const kept = usePrefs((prefs) => prefs.detailsWidth);
  const [dragged, setDragged] = useState<number | null>(null);
  const filled = useDetailsCount((details) => details.filled);
  const width = dragged ?? kept;

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragged(width);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (dragged !== null) setDragged(within(window.innerWidth - event.clientX));
  };
  const onPointerUp = () => {
    if (dragged !== null) setPrefs({ detailsWidth: dragged });
    setDragged(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowLeft" ? 20 : event.key === "ArrowRight" ? -20 : 0;
    if (by === 0) return;
    event.preventDefault();
    setPrefs({ detailsWidth: within(width + by) });
  };
  return (
    // It gives its room to the list while nothing is selected.
    <aside className="details" aria-label="Details" hidden={filled === 0} style={{ width: `${width / 16}rem` }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a rule cannot be dragged; this one can. */}
      <div
        className="details-edge"
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the details"
        aria-valuenow={width}
        aria-valuemin={LEAST}
        aria-valuemax={MOST}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onKeyDown={onKeyDown}
      />
      <ActionIcon
        className="details-close"
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={FRAME.closeDetails}
        onClick={() => setPrefs({ detailsOpen: false })}
      >
        <Icon name="close" size={14} />
      </ActionIcon>
      <section
        className="details-body"
        ref={onSlot}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must be able to scroll it.
        tabIndex={0}
        aria-label="What is selected"
      />
    </aside>
  );
}
