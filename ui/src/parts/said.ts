// What was just done, for a moment, where it is not seen by itself.

import { create } from "zustand";

export const useSaid = create<{ text: string }>(() => ({ text: "" }));

const MOMENT = 6_000;
let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string) {
  clearTimeout(timer);
  useSaid.setState({ text });
  timer = setTimeout(() => useSaid.setState({ text: "" }), MOMENT);
}
