import { ActionIcon, Button, Popover, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useActions } from "../parts/actions";
import { focusList } from "../parts/focus";
import { Icon, type IconName } from "../parts/icons";
import { tell } from "../parts/notices";
import { type KeptFilter, setPrefs, usePrefs } from "../parts/prefs";
import { FILTERS } from "../words";
import { FRESH, setListing, useListing } from "./listing";
import { type Filter, filterOf, isSame, READY_MADE, read, removed, renamed, saved } from "./savedFilters";

const keep = (tableFilters: KeptFilter[]) => setPrefs({ tableFilters });
const choose = (of: Filter) => setListing({ ...of, closed: new Set(), selection: FRESH.selection });

/** Filters of the list under a name: to be chosen, saved, renamed and deleted. */
export function SavedFilters() {
  const [opened, setOpened] = useState(false);
  const filters = usePrefs((prefs) => prefs.tableFilters);
  const now = filterOf(useListing());
  const known = [...READY_MADE, ...filters.map((filter) => ({ name: filter.name, of: read(filter) }))];
  const chosen = known.find(({ of }) => isSame(of, now));
  useActions(
    known.map(({ name, of }) => ({
      id: `filter: ${name}`,
      name: `${FILTERS.title}: ${name}`,
      group: "Tables",
      run: () => choose(of),
    })),
  );
  const use = (of: Filter) => {
    choose(of);
    setOpened(false);
    focusList();
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className="chip-text chip-menu"
          aria-expanded={opened}
          aria-haspopup="dialog"
          data-testid="saved-filters"
          title={chosen?.name}
          onClick={() => setOpened(!opened)}
        >
          {FILTERS.title} <Icon name="down" size={11} />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="saved-filters" aria-label={FILTERS.title} data-testid="saved-filters-menu">
        <h3>{FILTERS.readyMade}</h3>
        <ul>
          {READY_MADE.map(({ name, of }) => (
            <li key={name}>
              <Choice name={name} on={chosen?.name === name} onChoose={() => use(of)} />
            </li>
          ))}
        </ul>
        <h3>{FILTERS.saved}</h3>
        {filters.length === 0 && <p className="faint">{FILTERS.noneSaved}</p>}
        <ul>
          {filters.map((filter) => (
            <Own
              key={filter.name}
              filter={filter}
              on={chosen?.name === filter.name}
              filters={filters}
              onChoose={() => use(read(filter))}
            />
          ))}
        </ul>
        <SaveAs filters={filters} now={now} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Choice({ name, on, onChoose }: { name: string; on: boolean; onChoose: () => void }) {
  return (
    <button type="button" className="saved-filter" aria-pressed={on} onClick={onChoose}>
      <span className="saved-filter-mark" aria-hidden>
        {on && <Icon name="done" size={12} />}
      </span>
      <span className="end-cut" title={name}>
        {name}
      </span>
    </button>
  );
}

type OwnProps = { filter: KeptFilter; on: boolean; filters: KeptFilter[]; onChoose: () => void };

/** One that a person saved. */
function Own({ filter, on, filters, onChoose }: OwnProps) {
  const [renaming, setRenaming] = useState<string | null>(null);
  const { name } = filter;
  if (renaming !== null) {
    const next = renamed(filters, name, renaming);
    const submit = (event: FormEvent) => {
      event.preventDefault();
      if (next === undefined) return;
      keep(next);
      setRenaming(null);
    };
    return (
      <li>
        <form className="saved-filter-name" onSubmit={submit}>
          <TextInput
            size="xs"
            data-autofocus
            autoFocus
            aria-label={FILTERS.newName}
            value={renaming}
            data-testid="filter-new-name"
            onChange={(event) => setRenaming(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Escape") return;
              event.stopPropagation();
              setRenaming(null);
            }}
          />
          <Button size="xs" variant="default" type="submit" disabled={next === undefined}>
            {FILTERS.rename}
          </Button>
        </form>
      </li>
    );
  }
  const remove = () => {
    keep(removed(filters, name));
    const action = {
      name: FILTERS.keep,
      run: () => keep(saved(usePrefs.getState().tableFilters, name, read(filter))),
    };
    tell({ title: FILTERS.removed, text: name, tone: "done", action });
  };
  return (
    <li>
      <Choice name={name} on={on} onChoose={onChoose} />
      <Small name={`${FILTERS.rename}: ${name}`} icon="pencil" onClick={() => setRenaming(name)} />
      <Small name={`${FILTERS.remove}: ${name}`} icon="trash" onClick={remove} />
    </li>
  );
}

function Small({ name, icon, onClick }: { name: string; icon: IconName; onClick: () => void }) {
  return (
    <ActionIcon size="sm" variant="subtle" color="gray" aria-label={name} title={name} onClick={onClick}>
      <Icon name={icon} size={13} />
    </ActionIcon>
  );
}

function SaveAs({ filters, now }: { filters: KeptFilter[]; now: Filter }) {
  const [name, setName] = useState("");
  const written = name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (written === "") return;
    keep(saved(filters, written, now));
    setName("");
  };
  const replaces = filters.some((filter) => filter.name === written);
  return (
    <form className="saved-filter-name" onSubmit={submit}>
      <TextInput
        size="xs"
        label={FILTERS.name}
        placeholder={FILTERS.namePlaceholder}
        value={name}
        data-testid="filter-name"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button size="xs" variant="default" type="submit" disabled={written === ""} data-testid="filter-save">
        {replaces ? FILTERS.replace : FILTERS.save}
      </Button>
    </form>
  );
}
