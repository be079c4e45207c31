// Everything a person can do right now, declared by whoever can do it. The palette, the keys and the list of keys read it.

import { useEffect, useId, useRef } from "react";
import { create } from "zustand";
import { isOfText, isPlain, isTyping, matches } from "./keys";

export type Action = {
  id: string;
  name: string;
  group: string;
  /** More than one where two habits exist; the first is shown. */
  keys?: string[];
  /** What it would do now, such as the label of an undo. */
  hint?: string;
  /** Other words that people look for it by. */
  also?: string;
  run: () => void;
  enabled?: boolean;
  /** Works while typing in a field, too. */
  always?: boolean;
  /** Only a key that another part handles: listed, not run. */
  onlyListed?: boolean;
};

type Offers = { byOwner: Map<string, Action[]> };

export const useOffers = create<Offers>(() => ({ byOwner: new Map() }));

/** Offers actions while the component is on screen. */
export function useActions(actions: Action[]) {
  const owner = useId();
  const latest = useRef(actions);
  latest.current = actions;
  const shape = actions.map((a) => `${a.id}|${a.name}|${a.hint}|${a.enabled !== false}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: shape stands for the actions; `run` is read late.
  useEffect(() => {
    const offered = latest.current.map((action, at) => ({ ...action, run: () => latest.current[at]?.run() }));
    set(owner, offered);
    return () => set(owner, null);
  }, [owner, shape]);
}

function set(owner: string, actions: Action[] | null) {
  useOffers.setState(({ byOwner }) => {
    const next = new Map(byOwner);
    if (actions) next.set(owner, actions);
    else next.delete(owner);
    return { byOwner: next };
  });
}

export function offered(byOwner: Map<string, Action[]>): Action[] {
  return [...byOwner.values()].flat();
}

/** The innermost offer wins: the latest to come on screen is asked first. */
export function actionFor(actions: Action[], event: KeyboardEvent, plainKeys: boolean): Action | undefined {
  const typing = isTyping(event.target);
  return actions.findLast((action) => {
    if (action.onlyListed || action.enabled === false) return false;
    return action.keys?.some((keys) => {
      if (!matches(keys, event)) return false;
      if (isPlain(keys) && keys !== "escape" && !plainKeys) return false;
      return !typing || action.always || !isOfText(keys);
    });
  });
}
