import { SegmentedControl } from "@mantine/core";
import { useMemo, useRef } from "react";
import type { Disposition, TableFacts, TableKey } from "../ipc/bindings";
import { useActions } from "../parts/actions";
import { Empty, Failure } from "../parts/Bits";
import { DispositionLetter } from "../parts/Disposition";
import { DISPOSITIONS } from "../parts/disposition";
import { FilterField } from "../parts/FilterField";
import { count } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { Icon } from "../parts/icons";
import { useManyDatabases } from "../parts/useManyDatabases";
import { go } from "../parts/where";
import { FRAME, TABLES } from "../words";
import { inventoryColumns, passesBy, useInventory } from "./inventory";
import { FRESH, isFiltered, type ListSort, setListing, sorted, useListing } from "./listing";
import { TablesDetails } from "./TablesDetails";
import { tableColumns } from "./tableColumns";
import { fieldActions, useDecide } from "./useDecide";
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
      enabled: selection.active !== null,
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
      <Head
        filter={filter}
        total={waiting ? undefined : list.total}
        chosen={chosen.length}
        analyzed={inventory.analyzed}
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
          count={list.total ?? 0}
          busy={list.busy || waiting}
          row={list.row}
          keys={list.keys}
          selection={selection}
          onSelection={(next) => setListing({ selection: next })}
          onOpen={open}
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
          Show all tables
        </button>
      }
    />
  );
}

const clearFilter = () =>
  setListing({ text: "", dispositions: [], module: null, filled: null, inUse: false, personData: false });

type Rows = "all" | "filled" | "empty";

type HeadProps = {
  filter: React.RefObject<HTMLInputElement | null>;
  total: number | undefined;
  chosen: number;
  analyzed: number;
};

function Head({ filter, total, chosen, analyzed }: HeadProps) {
  const listing = useListing();
  const toggle = (code: Disposition) => {
    const on = listing.dispositions.includes(code);
    setListing({ dispositions: on ? listing.dispositions.filter((d) => d !== code) : [...listing.dispositions, code] });
  };
  return (
    <header className="screen-head">
      <div className="screen-line">
        <h1>Tables</h1>
        <span className="faint num" role="status" data-testid="tables-listed">
          {total === undefined ? TABLES.looking : `${count(total)} listed`}
          {chosen > 0 && ` · ${count(chosen)} selected`}
        </span>
        <span className="screen-line-end">
          {listing.module !== null && (
            <button type="button" className="chip-wide" onClick={() => setListing({ module: null })}>
              Module: {listing.module} <Icon name="close" size={11} />
            </button>
          )}
          <button
            type="button"
            className="chip-text"
            aria-pressed={listing.personData}
            title={TABLES.onlyPersonData}
            data-testid="only-person-data"
            onClick={() => setListing({ personData: !listing.personData })}
          >
            {TABLES.personData}
          </button>
          {analyzed > 0 && (
            <button
              type="button"
              className="chip-text"
              aria-pressed={listing.inUse}
              title={TABLES.onlyInUse}
              data-testid="only-in-use"
              onClick={() => setListing({ inUse: !listing.inUse })}
            >
              {TABLES.inUse}
            </button>
          )}
        </span>
      </div>
      <FilterField
        inputRef={filter}
        w="14rem"
        aria-label="Filter by name of table or module"
        placeholder="Filter by table or module"
        leftSection={<Icon name="search" size={14} />}
        text={listing.text}
        onText={(text) => setListing({ text })}
        testId="tables-filter"
      />
      <fieldset className="chips">
        <legend className="sr-only">Only these dispositions</legend>
        {DISPOSITIONS.map(({ code, label }) => (
          <button
            key={code}
            type="button"
            className="chip"
            aria-pressed={listing.dispositions.includes(code)}
            aria-label={label}
            title={`Only: ${label}`}
            data-testid={`only-${code}`}
            onClick={() => toggle(code)}
          >
            <DispositionLetter of={code} />
          </button>
        ))}
      </fieldset>
      <SegmentedControl<Rows>
        size="xs"
        aria-label={TABLES.byRows}
        value={listing.filled === null ? "all" : listing.filled ? "filled" : "empty"}
        onChange={(rows) => setListing({ filled: rows === "all" ? null : rows === "filled" })}
        data={[
          { value: "all", label: TABLES.all },
          { value: "filled", label: <span data-testid="only-filled">{TABLES.onlyFilled}</span> },
          { value: "empty", label: <span data-testid="only-empty">{TABLES.onlyEmpty}</span> },
        ]}
      />
    </header>
  );
}
