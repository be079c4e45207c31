import { expect, test } from "vitest";
import type { Mark, Shown } from "../ipc/bindings";
import { cut, markOf, pieces } from "./shown";

const shown = (mark: Mark, text = ""): Shown => ({ mark, text, masked: false });

test("NULL, blank and white space are three different marks", () => {
  const marks = [markOf(shown("null")), markOf(shown("blank")), markOf(shown("space", "  "))];
  expect(new Set(marks).size).toBe(3);
  expect(marks.every((mark) => mark !== null && mark !== "")).toBe(true);
  expect(markOf(shown("value", "x"))).toBeNull();
});

test("newlines and tabs are signs", () => {
  expect(pieces("a\r\nb\tc\n").map((piece) => piece.text)).toEqual(["a", "↵", "b", "⇥", "c", "↵"]);
  expect(pieces("plain")).toEqual([{ text: "plain" }]);
});

test("a long value keeps both ends", () => {
  const long = `${"x".repeat(100)}end`;
  expect(cut(long, 20)).toHaveLength(20);
  expect(cut(long, 20).endsWith("end")).toBe(true);
});
