// Where the keyboard is sent: into the list of the place, into a field of the details, and back.

import { setPrefs } from "./prefs";

const LIST = "main [role=grid], main [role=treegrid], main [role=application]";
/** How long what was asked for may take to come on screen. */
const PATIENCE = 2_000;

/** Waits for an element, and gives up as soon as the person has gone elsewhere. */
function whenThere(selector: string, then: (found: HTMLElement) => void) {
  const from = document.activeElement;
  const until = performance.now() + PATIENCE;
  const look = () => {
    const now = document.activeElement;
    if (now !== from && now !== document.body && !now?.matches("main")) return;
    const found = document.querySelector<HTMLElement>(selector);
    if (found) then(found);
    else if (performance.now() < until) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** After going to another place: its list, or the place itself until there is one. */
export function focusPlace() {
  document.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
  whenThere(LIST, (list) => list.focus({ preventScroll: true }));
}

export function focusList() {
  document.querySelector<HTMLElement>(LIST)?.focus({ preventScroll: true });
}

/** Out of a filter into what it left: the row that is chosen, or else the first. */
export function enterList(from: Element) {
  const list = (from.closest("main") ?? document).querySelector<HTMLElement>(LIST);
  if (!list) return;
  list.focus({ preventScroll: true });
  whenAnswered(list, () => {
    if (list.hasAttribute("aria-activedescendant")) return;
    list.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
  });
}

/** As long as a list shows what an earlier filter left, its first row is not the one that is meant. */
function whenAnswered(list: HTMLElement, then: () => void) {
  const busy = () => list.getAttribute("aria-busy") === "true";
  if (!busy()) {
    then();
    return;
  }
  const until = performance.now() + PATIENCE;
  const look = () => {
    if (document.activeElement !== list) return;
    if (busy() && performance.now() < until) requestAnimationFrame(look);
    // One frame later the list has let go of what the filter took away.
    else requestAnimationFrame(then);
  };
  requestAnimationFrame(look);
}

let cameFrom: HTMLElement | null = null;

/** Into a field of the details, which are opened for it. */
export function enterField(testId: string) {
  setPrefs({ detailsOpen: true });
  const from = document.activeElement;
  whenThere(`aside [data-testid="${testId}"]`, (field) => {
    cameFrom = from instanceof HTMLElement && from !== document.body ? from : null;
    field.focus();
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      field.setSelectionRange(field.value.length, field.value.length);
    }
  });
}

/** Back to where a key called the person into the field from; false where no key did. */
export function leaveField(): boolean {
  const to = cameFrom;
  cameFrom = null;
  if (!to?.isConnected) return false;
  to.focus({ preventScroll: true });
  return true;
}

/** Esc in a field: back to the list, however one came. */
export function backToList(field: HTMLElement) {
  if (leaveField()) return;
  const list = document.querySelector<HTMLElement>(LIST);
  if (list) list.focus({ preventScroll: true });
  else field.blur();
}
