// The one search box: every action, table and column by its name.

import { useDebouncedValue } from "@mantine/hooks";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useMemo, useState } from "react";
import type { ColumnKey, SampleQuery, TableKey, Treatment } from "../ipc/bindings";
import { call } from "../ipc/client";
import { keyOf, useAnswer, useProject } from "../ipc/queries";
import { type Action, offered, useOffers } from "../parts/actions";
import { Keys } from "../parts/Bits";
import { focusPlace } from "../parts/focus";
import { columnName, keyName } from "../parts/format";
import { ALL_KEYS } from "../parts/useManyDatabases";
import { go } from "../parts/where";
import { FIND, FRAME } from "../words";
import { begins, found } from "./found";

const [store, spotlight] = createSpotlight();

export const openPalette = () => spotlight.open();

const MOST = 40;
/** The engine looks for the text in names of tables, too. */
const MOST_LOOKED_AT = 2_000;

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
    () =>
      found(
        offered(byOwner).filter(canRun),
        query,
        (action) => `${action.name} ${action.hint ?? ""} ${action.also ?? ""}`,
        MOST,
      ),
    [byOwner, query],
  );
  const keys = tables.data?.keys;
  const named = useMemo(() => (query.trim() === "" || !keys ? [] : found(keys, query, keyName, MOST)), [keys, query]);
  const columns = useColumns(open && project?.snapshot ? query : "");
  // A word that an action's name begins with means the action; a part of one may as well mean a table.
  const actionsFirst = actions.some((action) => begins(`${action.name} ${action.also ?? ""}`, query));
  const tableGroup = named.length > 0 && (
    <Spotlight.ActionsGroup label="Tables">
      {named.map((key) => (
        <Spotlight.Action key={key} label={keyName(key)} onClick={() => goToTable(key)} />
      ))}
    </Spotlight.ActionsGroup>
  );
  const columnGroup = columns.length > 0 && (
    <Spotlight.ActionsGroup label="Columns">
      {columns.map(({ key, table }) => (
        <Spotlight.Action
          key={key}
          label={columnName(key)}
          description={keyName(table)}
          onClick={() => goToTable(table, key)}
        />
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
      <Spotlight.Search placeholder={FRAME.search} aria-label={FRAME.search} onKeyDown={takeFirst} />
      <Spotlight.ActionsList>
        {actionsFirst && actionGroup}
        {tableGroup}
        {!actionsFirst && actionGroup}
        {columnGroup}
        {project?.snapshot && query.trim() !== "" && (
          <Spotlight.ActionsGroup label={FIND.title}>
            <Spotlight.Action label={FIND.everywhere(query.trim())} onClick={() => goFind(query.trim())} />
          </Spotlight.ActionsGroup>
        )}
        {named.length + actions.length + columns.length === 0 && !project?.snapshot && (
          <Spotlight.Empty>{FRAME.noMatches}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function goFind(text: string) {
  go({ place: "find", text });
}

function goToTable(table: TableKey, column?: ColumnKey) {
  go({ place: "tables", table, column });
  focusPlace();
}

/** Of many tables; asked for once the person has paused. */
function useColumns(query: string): Treatment[] {
  const [text] = useDebouncedValue(query.trim(), 200);
  const request: SampleQuery = { table: null, text, offset: 0, limit: MOST_LOOKED_AT };
  const plan = useAnswer("sample_plan", request, { enabled: query !== "" && text.length > 1 });
  return useMemo(() => found(plan.data?.columns ?? [], text, ({ key }) => columnName(key), MOST), [plan.data, text]);
}

/** What came late was not marked for Enter: the first of it is meant. */
function takeFirst(event: KeyboardEvent) {
  const list = document.querySelector(".mantine-Spotlight-actionsList");
  if (event.key !== "Enter" || list?.querySelector("[data-action][data-selected]")) return;
  event.preventDefault();
  list?.querySelector<HTMLElement>("[data-action]")?.click();
}

function canRun(action: Action): boolean {
  return action.enabled !== false && !action.onlyListed && action.id !== "palette";
}
