// What becomes of a table or column: the engine's words, and the key of each. Colour never stands alone.

import { type Disposition, DISPOSITIONS as WORDS } from "../ipc/bindings";

type Word = { code: Disposition; letter: string; label: string; key: string };

/** No keyboard has a plain key for the letter of what is undecided. */
export const DISPOSITIONS: readonly Word[] = WORDS.map((word) => ({
  ...word,
  key: word.code === "undecided" ? "u" : word.letter.toLowerCase(),
}));

export function wordFor(code: Disposition): Word {
  return DISPOSITIONS.find((word) => word.code === code) as Word;
}
