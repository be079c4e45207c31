import { useEffect, useMemo, useRef } from "react";
import type { TableFacts, TableKey } from "../ipc/bindings";
import { useActions } from "../parts/actions";
import { Empty, Failure } from "../parts/Bits";
import { DISPOSITIONS } from "../parts/disposition";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { useManyDatabases } from "../parts/useManyDatabases";
import { go } from "../parts/where";
import { FRAME, TABLES } from "../words";
import { isHead, withoutHeads } from "./grouping";
import { inventoryColumns, passesBy, useInventory } from "./inventory";
import { FRESH, isFiltered, type ListSort, setListing, sorted, useListing } from "./listing";
import { clearFilter, GROUPS, NO_GROUPS, setGroup, TableListHead } from "./TableListHead";
import { TablesDetails } from "./TablesDetails";
import { tableColumns } from "./tableColumns";
import { fieldActions, useDecide } from "./useDecide";
import { useGrouping } from "./useGrouping";
import { askForRelationships } from "./useRelationships";
import { factsOf, useTableList } from "./useTableList";

const open = (table: TableKey) => go({ place: "tables", table });

export function TableList() {
  const listing = useListing();
  const manyDatabases = useManyDatabases();
  const inventory = useInventory();
  const columns = useMemo(
    () => withInventory(tableColumns(manyDatabases), inventoryColumns(inventory)),
    [manyDatabases, inventory],
  );
  const { inUse, personData } = listing;
  const passes = useMemo(() => passesBy(inventory, { inUse, personData }), [inventory, inUse, personData]);
  const list = useTableList(columns, passes);
  const grouping = useGrouping(list.facts, inventory);
  const grouped = listing.group !== null;
  // Whoever groups by families asks for what tells of them.
  useEffect(() => {
    if (listing.group === "family") askForRelationships();
  }, [listing.group]);
  const openOrTurn = (key: string) => (isHead(key) ? grouping.turn(key) : open(key));
  const waiting = (inUse || personData) && !inventory.known;
  const { selection } = listing;
  const chosen = useMemo(() => [...selection.chosen], [selection.chosen]);
  const decide = useDecide();
  const filter = useRef<HTMLInputElement>(null);
  useActions([
    {
      id: "filter-tables",
      name: "Filter the tables",
      group: "Tables",
      keys: ["/"],
      run: () => filter.current?.focus(),
    },
    {
      id: "open-table",
      name: "Open the table",
      group: "Tables",
      keys: ["enter"],
      enabled: selection.active !== null && !isHead(selection.active),
      onlyListed: true,
      run: () => selection.active && open(selection.active),
    },
    {
      id: "all-tables",
      name: "Select all tables that are listed",
      group: "Tables",
      keys: ["mod+a"],
      onlyListed: true,
      run: () => {},
    },
    ...DISPOSITIONS.map(({ code, label, key }) => ({
      id: `set-${code}`,
      name: `Set to: ${label}`,
      group: "Tables",
      keys: [key],
      enabled: chosen.length > 0,
      run: () => decide({ tables: chosen, disposition: code }),
    })),
    ...fieldActions("Tables", chosen.length > 0),
    ...GROUPS.map(({ value, label }) => ({
      id: `group-${value}`,
      name: `${TABLES.groupBy}: ${label}`,
      group: "Tables",
      enabled: (listing.group ?? NO_GROUPS) !== value,
      run: () => setGroup(value),
    })),
    {
      id: "close-groups",
      name: TABLES.closeGroups,
      group: "Tables",
      enabled: grouped,
      run: () => grouping.turnAll(false),
    },
    {
      id: "open-groups",
      name: TABLES.openGroups,
      group: "Tables",
      enabled: grouped,
      run: () => grouping.turnAll(true),
    },
    {
      id: "unselect",
      name: "Select nothing",
      group: "Tables",
      keys: ["escape"],
      enabled: chosen.length > 0,
      run: () => setListing({ selection: FRESH.selection }),
    },
  ]);

  return (
    <section className="screen" aria-label="Tables">
      <TableListHead
        filter={filter}
        total={waiting ? undefined : list.total}
        chosen={chosen.length}
        analyzed={inventory.analyzed}
        onTurnAll={grouped ? grouping.turnAll : undefined}
      />
      {list.error ? (
        <Failure what="The tables were not read" error={list.error} />
      ) : (
        <Grid<TableFacts>
          label="Source tables"
          testId="tables-grid"
          name="tables"
          rowsOf={factsOf}
          keyAttribute="data-table"
          columns={columns}
          count={grouped ? grouping.keys.length : (list.total ?? 0)}
          busy={list.busy || waiting}
          row={grouped ? grouping.row : list.row}
          keys={grouped ? grouping.keys : list.keys}
          head={grouped ? grouping.head : undefined}
          onTurn={grouping.turn}
          selection={grouped ? grouping.shown : selection}
          onSelection={(next) => setListing({ selection: grouped ? withoutHeads(next, grouping.groups) : next })}
          onOpen={openOrTurn}
          sort={{ by: listing.sort, descending: listing.descending }}
          onSort={(by) => setListing(sorted(listing, by as ListSort))}
          onSpan={list.onSpan}
          empty={list.total === 0 && <NoneListed />}
        />
      )}
      <TablesDetails tables={chosen} />
    </section>
  );
}

/** After the module: what the table is, before how much there is of it. */
function withInventory(own: GridColumn<TableFacts>[], more: GridColumn<TableFacts>[]): GridColumn<TableFacts>[] {
  const after = own.findIndex(({ id }) => id === "module") + 1;
  return own.toSpliced(after, 0, ...more);
}

function NoneListed() {
  const listing = useListing();
  if (!isFiltered(listing)) return <Empty icon="tables" title="The snapshot holds no tables" />;
  return (
    <Empty
      icon="search"
      title={FRAME.noMatches}
      action={
        <button type="button" className="link" onClick={clearFilter}>
          {TABLES.clearFilters}
        </button>
      }
    />
  );
}
