// Keys as they are written down (`mod+shift+z`, `d`, `?`), matched and shown.

export type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** `mod` is Ctrl, or Cmd on a Mac. */
export function matches(keys: string, event: KeyPress, mac = isMac()): boolean {
  const parts = keys.toLowerCase().split("+");
  const key = parts.pop() || "+";
  const mod = mac ? event.metaKey : event.ctrlKey;
  const otherMod = mac ? event.ctrlKey : event.metaKey;
  if (parts.includes("mod") !== mod || otherMod || event.altKey !== parts.includes("alt")) return false;
  // A sign such as `?` needs shift on some keyboards and not on others.
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  if (!isSign && parts.includes("shift") !== event.shiftKey) return false;
  return event.key.toLowerCase() === key;
}

const NAMES: Record<string, string> = {
  enter: "Enter",
  escape: "Esc",
  space: "Space",
  backspace: "Backspace",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  shift: "Shift",
  alt: "Alt",
};

export function written(keys: string, mac = isMac()): string {
  const parts = keys.split("+").map((part) => {
    if (part === "mod") return mac ? "⌘" : "Ctrl";
    return NAMES[part.toLowerCase()] ?? part.toUpperCase();
  });
  return parts.join(mac ? " " : "+");
}

/** A single letter or sign: only when nobody is typing. */
export function isPlain(keys: string): boolean {
  return !keys.includes("mod+") && !keys.includes("alt+");
}

/** Keys that mean something of their own while writing: taking back, selecting, going to the ends. */
export function isOfText(keys: string): boolean {
  return isPlain(keys) || ["mod+z", "mod+shift+z", "mod+y", "mod+a"].includes(keys);
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.closest("input:not([type=checkbox], [type=radio]), textarea, select") !== null
  );
}

export function isMac(): boolean {
  return typeof navigator !== "undefined" && /mac/i.test(navigator.platform);
}
