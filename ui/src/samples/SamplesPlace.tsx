import { SegmentedControl, Select } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import type { TableKey, Treatment } from "../ipc/bindings";
import { useAnswer } from "../ipc/queries";
import { useActions } from "../parts/actions";
import { Empty } from "../parts/Bits";
import { FilterField } from "../parts/FilterField";
import { keyName } from "../parts/format";
import { Icon } from "../parts/icons";
import { ALL_KEYS } from "../parts/useManyDatabases";
import { settle, useSpot } from "../parts/where";
import { FRAME, SAMPLES } from "../words";
import { Preview } from "./Preview";
import { columnsFrom, PLACE, previewOf } from "./spots";
import { TreatmentList } from "./TreatmentList";
import "./samples.css";

/** How every column is treated in the samples; or one table before and after. */
export function SamplesPlace() {
  const spot = useSpot();
  const { table, column } = spot;
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<Treatment | undefined>();
  const preview = spot.part === "preview";
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
    {
      id: "samples-columns",
      name: "Back to the columns",
      group: "Samples",
      keys: ["escape"],
      enabled: preview,
      run: () => settle(columnsFrom(spot)),
    },
  ]);
  const show = (to: string) =>
    settle(to === "preview" ? previewOf(spot, chosen?.table ?? table, chosen?.key) : columnsFrom(spot));
  return (
    <section className="screen" aria-label="Samples">
      <header className="screen-head">
        <h1>Samples</h1>
        <TableChooser
          table={table ?? null}
          preview={preview}
          onTable={(to) => settle(preview ? previewOf(spot, to) : { place: PLACE, table: to })}
        />
        <SegmentedControl
          size="xs"
          aria-label="What of the samples"
          value={preview ? "preview" : "columns"}
          onChange={show}
          data={[
            { value: "columns", label: "Columns" },
            { value: "preview", label: <span data-testid="samples-preview">{SAMPLES.preview}</span> },
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
      {preview && table === undefined && (
        <Empty icon="samples" title={SAMPLES.whichTable}>
          {SAMPLES.whichTableWhy}
        </Empty>
      )}
      {preview && table !== undefined && <Preview key={table} table={table} column={column} />}
      {!preview && (
        <TreatmentList key={`${table} ${text.trim()}`} table={table ?? null} text={text.trim()} onChosen={setChosen} />
      )}
    </section>
  );
}

type ChooserProps = { table: TableKey | null; preview: boolean; onTable: (table: TableKey | undefined) => void };

function TableChooser({ table, preview, onTable }: ChooserProps) {
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
      placeholder={preview ? SAMPLES.chooseTable : "All tables"}
      nothingFoundMessage={FRAME.noMatches}
      data={data}
      value={table}
      data-testid="samples-table"
      onChange={(to) => onTable(to ?? undefined)}
    />
  );
}
