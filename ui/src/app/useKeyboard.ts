import { useEffect } from "react";
import { actionFor, offered, useOffers } from "../parts/actions";
import { usePrefs } from "../parts/prefs";

/** One listener for every key of the window; what a key does is whatever is on offer now. */
export function useKeyboard() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || inOverlay(event.target)) return;
      const action = actionFor(offered(useOffers.getState().byOwner), event, usePrefs.getState().plainKeys);
      if (!action) return;
      event.preventDefault();
      action.run();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Menus, lists of choices and dialogs have keys of their own. */
function inOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[role=dialog], [role=menu], [role=listbox]") !== null;
}
