// One table: its columns with their profile, some of its rows, or what stands around it.

import { SegmentedControl } from "@mantine/core";
import type { TableKey } from "../ipc/bindings";
import { useAnswer } from "../ipc/queries";
import { Failure, Waiting } from "../parts/Bits";
import { DispositionBadge } from "../parts/Disposition";
import { count, counted } from "../parts/format";
import { Icon } from "../parts/icons";
import { useMaskAction } from "../parts/MaskButton";
import { go, settle, useSpot } from "../parts/where";
import { TABLES } from "../words";
import { ColumnList } from "./ColumnList";
import { Diagram } from "./diagram/Diagram";
import { DIAGRAM_PART } from "./diagram/view";
import { SampleRows } from "./SampleRows";

export function TableOpen({ table }: { table: TableKey }) {
  const spot = useSpot();
  const part = spot.part === "rows" || spot.part === DIAGRAM_PART ? spot.part : "columns";
  const { data, error, refetch } = useAnswer("table", { table });
  useMaskAction(table, data?.unmasked ?? false);
  if (error) return <Failure what="The table was not read" error={error} retry={() => refetch()} />;
  if (!data) return <Waiting what="Reading the table…" />;
  const { facts } = data;
  return (
    <section className="screen" aria-label={`Table ${facts.table}`} data-testid="table-screen">
      <header className="screen-head">
        <button type="button" className="back" onClick={() => go({ place: "tables" })}>
          <Icon name="collapse" size={14} /> Tables
        </button>
        <h1 className="mono-name">{facts.table}</h1>
        <DispositionBadge of={facts.disposition} />
        <span className="faint num">
          {counted(facts.rows, "row")}, {counted(facts.columns, "column")}
          {facts.empty_columns > 0 && `, ${count(facts.empty_columns)} empty`}
          {facts.absent_columns > 0 && `, ${count(facts.absent_columns)} not in the dump`}
          {facts.rejected > 0 && `, ${count(facts.rejected)} rejected`}
        </span>
        <span className="grow" />
        <SegmentedControl
          size="xs"
          aria-label="What of the table"
          value={part}
          onChange={(to) => settle({ ...spot, part: to === "columns" ? undefined : to })}
          data={[
            { value: "columns", label: "Columns" },
            { value: "rows", label: <span data-testid="sample-rows">Sample rows</span> },
            { value: DIAGRAM_PART, label: <span data-testid="diagram-part">{TABLES.diagram}</span> },
          ]}
        />
      </header>
      {part === "columns" && <ColumnList key={spot.column} detail={data} column={spot.column} />}
      {part === "rows" && <SampleRows detail={data} />}
      {part === DIAGRAM_PART && <Diagram table={table} />}
    </section>
  );
}
