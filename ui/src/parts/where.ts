// Where the person is, as an address: a place, and what is open in it. Knows no feature; places are plain words.

import { create } from "zustand";

export type Spot = {
  place: string;
  /** A table key that is open. */
  table?: string;
  /** A column's key that is to be chosen in it. */
  column?: string;
  /** A table's key that the list behind is narrowed to, and stays so when one comes back. */
  behind?: string;
  /** An interface that is open beside the table. */
  interface?: string;
  /** A part of the screen, such as a tab. */
  part?: string;
  /** What is looked for. */
  text?: string;
};

type Where = { spot: Spot; trail: Spot[] };

export const useWhere = create<Where>(() => ({ spot: { place: "snapshot" }, trail: [] }));

const TRAIL = 50;

export function go(spot: Spot) {
  useWhere.setState(({ spot: from, trail }) => ({ spot, trail: [...trail, from].slice(-TRAIL) }));
}

/** Replaces the spot without a step to go back to. */
export function settle(spot: Spot) {
  useWhere.setState({ spot });
}

export function goBack() {
  useWhere.setState(({ spot, trail }) => {
    const to = trail.at(-1);
    return to ? { spot: to, trail: trail.slice(0, -1) } : { spot: { place: spot.place }, trail };
  });
}

/** As many steps as there are. */
export function goBackBy(steps: number) {
  for (let at = 0; at < steps; at += 1) goBack();
}

export function useSpot(): Spot {
  return useWhere((where) => where.spot);
}
