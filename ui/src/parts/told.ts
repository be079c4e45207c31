// What ended well, or nearly: a line in the frame, which hides nothing, until it was read or has stood for a while.

import { create } from "zustand";

export type Told = {
  id: number;
  title: string;
  text: string;
  tone: "done" | "attention";
  action?: { name: string; run: () => void };
};

export const useTold = create<{ lines: Told[] }>(() => ({ lines: [] }));

/** Older ones give way. */
const MOST = 2;
const MOMENT = { done: 12_000, attention: 60_000 };
let next = 0;

export function putTold(told: Omit<Told, "id">) {
  next += 1;
  const id = next;
  useTold.setState(({ lines }) => ({ lines: [...lines, { ...told, id }].slice(-MOST) }));
  setTimeout(() => closeTold(id), MOMENT[told.tone]);
}

export function closeTold(id: number) {
  useTold.setState(({ lines }) => ({ lines: lines.filter((line) => line.id !== id) }));
}
