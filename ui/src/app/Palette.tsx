// The one search box: every action by its name, every table by its name.

import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { call } from "../ipc/client";
import { keyOf, useProject } from "../ipc/queries";
import { type Action, offered, useOffers } from "../parts/actions";
import { Keys } from "../parts/Bits";
import { keyName } from "../parts/format";
import { ALL_KEYS } from "../parts/useManyDatabases";
import { go } from "../parts/where";
import { FRAME } from "../words";
import { found } from "./found";

const [store, spotlight] = createSpotlight();

export const openPalette = () => spotlight.open();

const MOST = 40;

export function Palette() {
  const [query, setQuery] = useState("");
  const [open, setOpen] = useState(false);
  const byOwner = useOffers((offers) => offers.byOwner);
  const project = useProject();
  const tables = useQuery({
    queryKey: keyOf("tables", ALL_KEYS),
    queryFn: () => call("tables", ALL_KEYS),
    enabled: open && project != null && project.snapshot !== null,
  });
  const actions = useMemo(
    () => found(offered(byOwner).filter(canRun), query, (action) => `${action.name} ${action.hint ?? ""}`, MOST),
    [byOwner, query],
  );
  const keys = tables.data?.keys;
  const named = useMemo(() => (query.trim() === "" || !keys ? [] : found(keys, query, keyName, MOST)), [keys, query]);
  // A table is looked for by any part of its name, an action by how its name begins.
  const wanted = query.trim().toLowerCase();
  const actionsFirst = wanted !== "" && actions.some((action) => action.name.toLowerCase().startsWith(wanted));
  const tableGroup = named.length > 0 && (
    <Spotlight.ActionsGroup label="Tables">
      {named.map((key) => (
        <Spotlight.Action key={key} label={keyName(key)} onClick={() => go({ place: "tables", table: key })} />
      ))}
    </Spotlight.ActionsGroup>
  );
  const actionGroup = actions.length > 0 && (
    <Spotlight.ActionsGroup label="Actions">
      {actions.map((action) => (
        <Spotlight.Action
          key={action.id}
          label={action.name}
          description={action.hint}
          rightSection={action.keys?.[0] && <Keys keys={action.keys[0]} />}
          onClick={action.run}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      scrollable
      maxHeight="60vh"
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      onSpotlightOpen={() => setOpen(true)}
      onSpotlightClose={() => setOpen(false)}
    >
      <Spotlight.Search placeholder="Search actions and tables" aria-label="Search actions and tables" />
      <Spotlight.ActionsList>
        {actionsFirst && actionGroup}
        {tableGroup}
        {!actionsFirst && actionGroup}
        {named.length + actions.length === 0 && <Spotlight.Empty>{FRAME.noMatches}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function canRun(action: Action): boolean {
  return action.enabled !== false && !action.onlyListed && action.id !== "palette";
}
