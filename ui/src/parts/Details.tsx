// The panel at the right belongs to the frame; what stands in it belongs to whoever has something selected.

import { createContext, type ReactNode, useContext, useEffect } from "react";
import { createPortal } from "react-dom";
import { create } from "zustand";

export const DetailsSlot = createContext<HTMLElement | null>(null);

/** How many have something to say; the frame shows its own words when nobody has. */
export const useDetailsCount = create<{ filled: number }>(() => ({ filled: 0 }));

export function Details({ title, children }: { title: ReactNode; children: ReactNode }) {
  const slot = useContext(DetailsSlot);
  useEffect(() => {
    useDetailsCount.setState(({ filled }) => ({ filled: filled + 1 }));
    return () => useDetailsCount.setState(({ filled }) => ({ filled: filled - 1 }));
  }, []);
  if (!slot) return null;
  return createPortal(
    <div className="details-content">
      <h2 className="details-title">{title}</h2>
      {children}
    </div>,
    slot,
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="details-section">
      <h3>{title}</h3>
      {children}
    </section>
  );
}
