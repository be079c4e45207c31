// Named units of migration work, and what each creates in the receiving system.

import { Button, Select, TextInput } from "@mantine/core";
import { type FormEvent, useMemo, useState } from "react";
import type { ModuleFacts, ModuleStatus } from "../ipc/bindings";
import { useAct, useAnswer } from "../ipc/queries";
import { useActions } from "../parts/actions";
import { Empty, Failure, Waiting } from "../parts/Bits";
import { count } from "../parts/format";
import { Grid, type GridColumn, type Sort } from "../parts/grid/Grid";
import { useSorted } from "../parts/grid/order";
import { NOTHING, only, type Selection } from "../parts/grid/selection";
import { Icon } from "../parts/icons";
import { tellError } from "../parts/notices";
import { go } from "../parts/where";
import { TABLES } from "../words";
import { setListing } from "./listing";
import { ModuleDetails, STATUSES } from "./ModuleDetails";
import "./tables.css";

const NONE: ModuleFacts[] = [];
const BY_ORDER: Sort = { by: "order", descending: false };

export function Modules() {
  const { data, error, refetch } = useAnswer("modules", null);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const put = useAct("put_module");
  const { mutate } = put;
  const columns = useMemo(
    () =>
      columnsOf((facts, status) =>
        mutate({ ...facts.module, status }, { onError: (failure) => tellError("The module was not changed", failure) }),
      ),
    [mutate],
  );
  const { rows, ...sorting } = useSorted(data ?? NONE, columns, BY_ORDER);
  const keys = useMemo(() => rows.map(({ module }) => module.name), [rows]);
  useActions([
    {
      id: "unselect",
      name: "Select nothing",
      group: "Modules",
      keys: ["escape"],
      enabled: selection.chosen.size > 0,
      run: () => setSelection(NOTHING),
    },
  ]);
  if (error) return <Failure what="The modules were not read" error={error} retry={() => refetch()} />;
  if (!data) return <Waiting what="Reading the modules…" />;
  const chosen = data.find(({ module }) => module.name === selection.active);
  return (
    <section className="screen" aria-label="Modules">
      <header className="screen-head">
        <button type="button" className="back" onClick={() => go({ place: "tables" })}>
          <Icon name="collapse" size={14} /> Tables
        </button>
        <h1>Modules</h1>
        <span className="grow" />
        <NewModule names={keys} order={data.length + 1} onMade={(name) => setSelection(only(name))} />
      </header>
      <Grid<ModuleFacts>
        label="Modules"
        testId="modules-grid"
        columns={columns}
        count={rows.length}
        row={(at) => rows[at]}
        name="modules"
        {...sorting}
        keys={keys}
        selection={selection}
        onSelection={setSelection}
        empty={
          data.length === 0 && (
            <Empty icon="tables" title="No modules yet">
              A module is a named unit of work, such as audiometry, made of tables that are built and verified together.
              Name one above, or give a table one in its details.
            </Empty>
          )
        }
      />
      {chosen && <ModuleDetails key={chosen.module.name} facts={chosen} />}
    </section>
  );
}

function columnsOf(changeStatus: (of: ModuleFacts, status: ModuleStatus) => void): GridColumn<ModuleFacts>[] {
  return [
    {
      id: "order",
      header: "Order",
      width: 76,
      numeric: true,
      sortable: true,
      value: ({ module }) => module.order,
      cell: ({ module }) => module.order,
    },
    {
      id: "name",
      header: "Module",
      width: 160,
      grow: 1,
      sortable: true,
      value: ({ module }) => module.name,
      cell: ({ module }) => <strong>{module.name}</strong>,
    },
    {
      id: "status",
      header: "Status",
      width: 150,
      sortable: true,
      value: ({ module }) => STATUSES.findIndex(({ value }) => value === module.status),
      text: ({ module }) => STATUSES.find(({ value }) => value === module.status)?.label ?? "",
      cell: (facts) => (
        <Select
          size="xs"
          variant="unstyled"
          aria-label={`Status of ${facts.module.name}`}
          allowDeselect={false}
          data={STATUSES}
          value={facts.module.status}
          onChange={(status) => status !== null && changeStatus(facts, status as ModuleStatus)}
        />
      ),
    },
    {
      id: "tables",
      header: "Tables",
      width: 84,
      numeric: true,
      sortable: true,
      value: ({ tables }) => tables,
      cell: (facts) => <TablesLink of={facts} />,
    },
    {
      id: "rows",
      header: "Rows",
      width: 100,
      numeric: true,
      sortable: true,
      value: ({ rows }) => rows,
      cell: ({ rows }) => count(rows),
    },
    {
      id: "components",
      header: "Components",
      width: 200,
      grow: 1,
      sortable: true,
      value: ({ components }) => components.map(({ component }) => component).join(", "),
      cell: ({ components }) =>
        components.length === 0 ? (
          <span className="faint">none yet</span>
        ) : (
          components.map(({ component }) => component).join(", ")
        ),
    },
    {
      id: "comment",
      header: "Comment",
      width: 140,
      grow: 1,
      sortable: true,
      value: ({ module }) => module.comment,
      cell: ({ module }) => module.comment,
    },
  ];
}

function TablesLink({ of: { module, tables } }: { of: ModuleFacts }) {
  if (tables === 0) return <span className="faint">–</span>;
  const show = () => {
    setListing({ text: "", dispositions: [], filled: null, module: module.name });
    go({ place: "tables" });
  };
  return (
    <button type="button" className="link" title={`List the tables of ${module.name}`} onClick={show}>
      {count(tables)}
    </button>
  );
}

type NewProps = { names: string[]; order: number; onMade: (name: string) => void };

function NewModule({ names, order, onMade }: NewProps) {
  const [name, setName] = useState("");
  const put = useAct("put_module");
  const wanted = name.trim();
  const taken = names.includes(wanted);
  const make = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === "" || taken) return;
    put.mutate(
      { name: wanted, order, status: "undecided", comment: "" },
      {
        onSuccess: () => {
          setName("");
          onMade(wanted);
        },
        onError: (error) => tellError("The module was not made", error),
      },
    );
  };
  return (
    <form className="row" onSubmit={make}>
      <TextInput
        size="xs"
        w="14rem"
        aria-label="Name of a new module"
        placeholder="Name of a new module"
        value={name}
        data-testid="new-module"
        error={taken ? "There is one of that name" : undefined}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" size="xs" disabled={wanted === "" || taken} loading={put.isPending}>
        {TABLES.create}
      </Button>
    </form>
  );
}
