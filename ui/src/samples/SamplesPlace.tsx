import { SegmentedControl, Select } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import type { TableKey } from "../ipc/bindings";
import { useAnswer } from "../ipc/queries";
import { useActions } from "../parts/actions";
import { FilterField } from "../parts/FilterField";
import { keyName } from "../parts/format";
import { Icon } from "../parts/icons";
import { ALL_KEYS } from "../parts/useManyDatabases";
import { settle, useSpot } from "../parts/where";
import { FRAME } from "../words";
import { Preview } from "./Preview";
import { TreatmentList } from "./TreatmentList";
import "./samples.css";

/** How every column is treated in the samples; or one table before and after. */
export function SamplesPlace() {
  const { table, part } = useSpot();
  const [text, setText] = useState("");
  const preview = part === "preview" && table !== undefined;
  const filter = useRef<HTMLInputElement>(null);
  useActions([
    {
      id: "samples-filter",
      name: "Filter the columns",
      group: "Samples",
      keys: ["/"],
      enabled: !preview,
      run: () => filter.current?.focus(),
    },
  ]);
  return (
    <section className="screen" aria-label="Samples">
      <header className="screen-head">
        <h1>Samples</h1>
        <TableChooser table={table ?? null} preview={preview} />
        <SegmentedControl
          size="xs"
          aria-label="What of the samples"
          value={preview ? "preview" : "columns"}
          onChange={(to) => settle({ place: "samples", table, part: to === "preview" ? "preview" : undefined })}
          data={[
            { value: "columns", label: "Columns" },
            {
              value: "preview",
              label: <span data-testid="samples-preview">Before and after</span>,
              disabled: table === undefined,
            },
          ]}
        />
        {!preview && (
          <FilterField
            inputRef={filter}
            w="13.5rem"
            aria-label="Filter by name of table or column"
            placeholder="Filter by table or column"
            leftSection={<Icon name="search" size={14} />}
            text={text}
            onText={setText}
            testId="samples-filter"
          />
        )}
      </header>
      {preview && table !== undefined ? (
        <Preview table={table} />
      ) : (
        <TreatmentList key={`${table} ${text.trim()}`} table={table ?? null} text={text.trim()} />
      )}
    </section>
  );
}

function TableChooser({ table, preview }: { table: TableKey | null; preview: boolean }) {
  const keys = useAnswer("tables", ALL_KEYS).data?.keys;
  const data = useMemo(() => (keys ?? []).map((key) => ({ value: key, label: keyName(key) })), [keys]);
  return (
    <Select
      size="xs"
      w="12rem"
      searchable
      clearable={!preview}
      limit={100}
      aria-label="Table"
      placeholder="All tables"
      nothingFoundMessage={FRAME.noMatches}
      data={data}
      value={table}
      data-testid="samples-table"
      onChange={(to) =>
        settle({ place: "samples", table: to ?? undefined, part: to && preview ? "preview" : undefined })
      }
    />
  );
}
