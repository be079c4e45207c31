// What narrows, sorts and groups the list of tables. It is as high with the details open as without: the rows must not move
// between the two clicks of a double-click.

import { ActionIcon, SegmentedControl, Select } from "@mantine/core";
import type { ReactNode, RefObject } from "react";
import type { Disposition } from "../ipc/bindings";
import { DispositionLetter } from "../parts/Disposition";
import { DISPOSITIONS } from "../parts/disposition";
import { FilterField } from "../parts/FilterField";
import { count } from "../parts/format";
import { Icon } from "../parts/icons";
import { useRoom } from "../parts/useCompact";
import { TABLES } from "../words";
import type { GroupBy } from "./grouping";
import { setListing, useListing } from "./listing";
import { SavedFilters } from "./SavedFilters";

export const clearFilter = () =>
  setListing({ text: "", dispositions: [], module: null, filled: null, inUse: false, personData: false });

export const NO_GROUPS = "none";

export const GROUPS: { value: GroupBy | typeof NO_GROUPS; label: string }[] = [
  { value: NO_GROUPS, label: TABLES.noGroups },
  { value: "role", label: TABLES.groups.role },
  { value: "module", label: TABLES.groups.module },
  { value: "disposition", label: TABLES.groups.disposition },
  { value: "family", label: TABLES.groups.family },
];

type Rows = "all" | "filled" | "empty";

/** In pixels before zoom: with less, what stands at the end of the title has a line of its own. */
const ROOMY = 720;

type Props = {
  filter: RefObject<HTMLInputElement | null>;
  total: number | undefined;
  chosen: number;
  analyzed: number;
  onTurnAll?: (open: boolean) => void;
};

export function TableListHead({ filter, total, chosen, analyzed, onTurnAll }: Props) {
  const listing = useListing();
  const roomy = useRoom() >= ROOMY;
  const kinds = <Kinds analyzed={analyzed} />;
  return (
    <header className="screen-head tables-head" data-roomy={roomy || undefined}>
      <div className="screen-line">
        <h1>Tables</h1>
        <span className="faint num" role="status" data-testid="tables-listed">
          {total === undefined ? TABLES.looking : `${count(total)} listed`}
          {chosen > 0 && ` · ${count(chosen)} selected`}
        </span>
        <span className="screen-line-end">
          {roomy && kinds}
          <SavedFilters />
          <Groups onTurnAll={onTurnAll} />
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
      {roomy && <Letters />}
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
      {!roomy && (
        <div className="screen-line">
          <Letters />
          <span className="screen-line-end">{kinds}</span>
        </div>
      )}
    </header>
  );
}

function Letters() {
  const { dispositions } = useListing();
  const toggle = (code: Disposition) => {
    const on = dispositions.includes(code);
    setListing({ dispositions: on ? dispositions.filter((d) => d !== code) : [...dispositions, code] });
  };
  return (
    <fieldset className="chips">
      <legend className="sr-only">Only these dispositions</legend>
      {DISPOSITIONS.map(({ code, label }) => (
        <button
          key={code}
          type="button"
          className="chip"
          aria-pressed={dispositions.includes(code)}
          aria-label={label}
          title={`Only: ${label}`}
          data-testid={`only-${code}`}
          onClick={() => toggle(code)}
        >
          <DispositionLetter of={code} />
        </button>
      ))}
    </fieldset>
  );
}

/** Of one module, about people, in use. */
function Kinds({ analyzed }: { analyzed: number }): ReactNode {
  const listing = useListing();
  return (
    <>
      {listing.module !== null && (
        <button
          type="button"
          className="chip-wide"
          title={`Module: ${listing.module}`}
          onClick={() => setListing({ module: null })}
        >
          <span className="end-cut">Module: {listing.module}</span> <Icon name="close" size={11} />
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
      {(analyzed > 0 || listing.inUse) && (
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
    </>
  );
}

function Groups({ onTurnAll }: { onTurnAll?: (open: boolean) => void }) {
  const { group, closed } = useListing();
  const open = closed.size > 0;
  const name = open ? TABLES.openGroups : TABLES.closeGroups;
  return (
    <>
      <Select
        size="xs"
        w="8.75rem"
        aria-label={TABLES.groupBy}
        title={group === "family" ? TABLES.familiesWhy : undefined}
        allowDeselect={false}
        value={group ?? NO_GROUPS}
        data={GROUPS}
        data-testid="tables-group"
        onChange={(to) => to !== null && setGroup(to as GroupBy | typeof NO_GROUPS)}
      />
      {onTurnAll && (
        <ActionIcon
          variant="default"
          size="md"
          aria-label={name}
          title={name}
          data-testid="turn-groups"
          onClick={() => onTurnAll(open)}
        >
          <Icon name={open ? "expand" : "down"} size={13} />
        </ActionIcon>
      )}
    </>
  );
}

export function setGroup(to: GroupBy | typeof NO_GROUPS) {
  setListing({ group: to === NO_GROUPS ? null : to, closed: new Set() });
}
