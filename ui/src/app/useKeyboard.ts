import { useEffect } from "react";
import { actionFor, offered, useOffers } from "../parts/actions";
import { usePrefs } from "../parts/prefs";

/** One listener for every key of the window; what a key does is whatever is on offer now. */
export function useKeyboard() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || inOverlay(event.target)) return;
      const action = actionFor(offered(useOffers.getState().byOwner), event, usePrefs.getState().plainKeys);
      if (!action) {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") enterList(event);
        return;
      }
      event.preventDefault();
      action.run();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** From nowhere in particular, or from the rail, an arrow goes into the list of the place. */
function enterList(event: KeyboardEvent) {
  const from = event.target;
  if (!(from instanceof Element) || !(from === document.body || from.closest("nav"))) return;
  const list = document.querySelector<HTMLElement>("main [role=grid], main [role=treegrid], main [role=application]");
  if (!list) return;
  event.preventDefault();
  list.focus();
  // It does what it would have done, had it been there already.
  list.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, shiftKey: event.shiftKey, bubbles: true }));
}

/** Menus, lists of choices and dialogs have keys of their own. */
function inOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[role=dialog], [role=menu], [role=listbox]") !== null;
}
