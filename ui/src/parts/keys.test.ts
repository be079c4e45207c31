import { expect, test } from "vitest";
import { isOfText, isPlain, matches, written } from "./keys";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

test("mod is Ctrl here and Cmd on a Mac", () => {
  expect(matches("mod+z", press("z", { ctrlKey: true }), false)).toBe(true);
  expect(matches("mod+z", press("z", { metaKey: true }), false)).toBe(false);
  expect(matches("mod+z", press("z", { metaKey: true }), true)).toBe(true);
});

test("shift tells redo from undo", () => {
  const redo = press("Z", { ctrlKey: true, shiftKey: true });
  expect(matches("mod+shift+z", redo, false)).toBe(true);
  expect(matches("mod+z", redo, false)).toBe(false);
});

test("a plain letter is not taken with a modifier, a sign is taken with shift", () => {
  expect(matches("d", press("d"), false)).toBe(true);
  expect(matches("d", press("d", { ctrlKey: true }), false)).toBe(false);
  expect(matches("d", press("D", { shiftKey: true }), false)).toBe(false);
  expect(matches("?", press("?", { shiftKey: true }), false)).toBe(true);
});

test("keys as people read them", () => {
  expect(written("mod+shift+z", false)).toBe("Ctrl+Shift+Z");
  expect(written("mod+k", true)).toBe("⌘ K");
  expect(written("escape", false)).toBe("Esc");
  expect(isPlain("d")).toBe(true);
  expect(isPlain("mod+k")).toBe(false);
});

test("while writing, taking back is the text's own", () => {
  expect(isOfText("mod+z")).toBe(true);
  expect(isOfText("d")).toBe(true);
  expect(isOfText("mod+k")).toBe(false);
  expect(isOfText("alt+2")).toBe(false);
});
