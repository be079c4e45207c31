// What becomes of a table or column: the eight words, their letters and keys. Colour never stands alone.

import type { Disposition } from "../ipc/bindings";

type Word = { code: Disposition; letter: string; label: string; key: string };

export const DISPOSITIONS: readonly Word[] = [
  { code: "discrete", letter: "D", label: "Discrete", key: "d" },
  { code: "summary", letter: "S", label: "Summary document", key: "s" },
  { code: "both", letter: "B", label: "Both", key: "b" },
  { code: "file", letter: "F", label: "File/document", key: "f" },
  { code: "custom", letter: "C", label: "Custom table only", key: "c" },
  { code: "archive", letter: "A", label: "Archive only", key: "a" },
  { code: "not_migrated", letter: "N", label: "Not migrated", key: "n" },
  { code: "undecided", letter: "?", label: "Undecided", key: "u" },
];

export function wordFor(code: Disposition): Word {
  return DISPOSITIONS.find((word) => word.code === code) as Word;
}
