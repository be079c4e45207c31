// A value as it may be shown: cut, with its invisible characters made visible.

import type { Shown } from "../ipc/bindings";
import { middle } from "./format";

export type Piece = { text: string; sign?: "newline" | "tab" };

/** Newlines and tabs become signs of their own. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  for (const part of text.split(/(\r\n|\n|\r|\t)/)) {
    if (part === "") continue;
    if (part === "\t") found.push({ text: "⇥", sign: "tab" });
    else if (/^[\r\n]/.test(part)) found.push({ text: "↵", sign: "newline" });
    else found.push({ text: part });
  }
  return found;
}

export function markOf(shown: Shown): string | null {
  switch (shown.mark) {
    case "null":
      return "NULL";
    case "blank":
      return "blank";
    case "space":
      return "␣ space";
    case "binary":
      return "binary";
    default:
      return null;
  }
}

export function cut(text: string, most = 80): string {
  return middle(text, most);
}

/** As text for the clipboard: masked as it is shown, NULL by its name. */
export function shownText(shown: Shown): string {
  return shown.mark === "value" ? shown.text : (markOf(shown) ?? "");
}
