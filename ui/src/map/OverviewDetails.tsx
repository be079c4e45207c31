import { Button, Select } from "@mantine/core";
import type { MapInterface, MapLink, MapOverview, MapTable } from "../ipc/bindings";
import { Facts, FilledBar } from "../parts/Bits";
import type { Picked } from "../parts/canvas/picked";
import { Details, Section } from "../parts/Details";
import { DispositionBadge } from "../parts/Disposition";
import { count, counted } from "../parts/format";
import { go } from "../parts/where";
import { useLinkEdits } from "./edits";
import { linkId } from "./links";

type Props = { overview: MapOverview; picked: Picked };

export function OverviewDetails({ overview, picked }: Props) {
  const link = overview.links.find((one) => linkId(one) === picked.link);
  if (link) return <LinkDetails overview={overview} link={link} />;
  const tables = overview.tables.filter((table) => picked.left.chosen.has(table.key));
  const target = overview.interfaces.find((one) => one.id === picked.right);
  const [table] = tables;
  if (!table && !target) return null;
  const title = [table && (tables.length > 1 ? counted(tables.length, "table") : table.table), target?.title];
  return (
    <Details title={title.filter(Boolean).join(" → ")}>
      {table && target && <Joining overview={overview} tables={tables} target={target} />}
      {tables.length === 1 && table && <TableSection overview={overview} table={table} />}
      {tables.length > 1 && !target && <p className="faint">Select an interface, then press C to connect them all.</p>}
      {target && <InterfaceSection overview={overview} target={target} />}
    </Details>
  );
}

function openLink({ table, interface: target }: Pick<MapLink, "table" | "interface">) {
  go({ place: "map", table, interface: target });
}

function LinkDetails({ overview, link }: { overview: MapOverview; link: MapLink }) {
  const edits = useLinkEdits();
  const table = overview.tables.find((one) => one.key === link.table);
  const target = overview.interfaces.find((one) => one.id === link.interface);
  return (
    <Details title={`${table?.table ?? link.table} → ${target?.title ?? link.interface}`}>
      <div className="row">
        <Button size="xs" data-testid="map-open-fields" onClick={() => openLink(link)}>
          Open the fields
        </Button>
        <Button size="xs" variant="default" data-testid="map-disconnect" onClick={() => edits.disconnect(link)}>
          Remove the link
        </Button>
      </div>
      <Section title="Link">
        <Facts
          of={[
            ["Mapped", `${counted(link.mapped, "field")} from this table`],
            ["Interface", target && `${count(target.mapped)} of ${counted(target.fields, "field")} mapped`],
            ["Required", target && <RequiredMissing key="r" of={target} />],
          ]}
        />
      </Section>
      {link.mapped > 0 && (
        <p className="faint">
          Removing the link removes {counted(link.mapped, "mapping")} with it. Undo brings them back.
        </p>
      )}
    </Details>
  );
}

function RequiredMissing({ of }: { of: MapInterface }) {
  if (of.required === 0) return <>No required fields</>;
  if (of.required_missing === 0) return <span className="done">All {count(of.required)} mapped</span>;
  return (
    <span className="missing">
      {count(of.required_missing)} of {count(of.required)} missing
    </span>
  );
}

function Joining({ overview, tables, target }: { overview: MapOverview; tables: MapTable[]; target: MapInterface }) {
  const edits = useLinkEdits();
  const linked = (table: MapTable) =>
    overview.links.find((link) => link.table === table.key && link.interface === target.id);
  const free = tables.filter((table) => !linked(table));
  const [first] = tables;
  const made = first && linked(first);
  return (
    <div className="row">
      {free.length > 0 && (
        <Button
          size="xs"
          data-testid="map-connect"
          onClick={() =>
            edits.connect(
              free.map((table) => table.key),
              target.id,
            )
          }
        >
          Connect {free.length > 1 ? counted(free.length, "table") : ""} <kbd>C</kbd>
        </Button>
      )}
      {free.length === 0 && made && (
        <Button size="xs" data-testid="map-open-fields" onClick={() => openLink(made)}>
          Open the fields
        </Button>
      )}
      {made && free.length === 0 && tables.length === 1 && (
        <Button size="xs" variant="default" data-testid="map-disconnect" onClick={() => edits.disconnect(made)}>
          Remove the link
        </Button>
      )}
    </div>
  );
}

function TableSection({ overview, table }: { overview: MapOverview; table: MapTable }) {
  const edits = useLinkEdits();
  const links = overview.links.filter((link) => link.table === table.key);
  const linked = new Set(links.map((link) => link.interface));
  const titles = new Map(overview.interfaces.map((one) => [one.id, one.title]));
  return (
    <>
      <Section title={`Table ${table.table}`}>
        <DispositionBadge of={table.disposition} />
        <FilledBar value={table.filled_percent} />
        <Facts
          of={[
            ["Rows", count(table.rows)],
            ["Columns", `${count(table.columns)}, ${count(table.columns_mapped)} mapped`],
            ["Module", table.module],
            ["Database", table.database],
          ]}
        />
        <button type="button" className="link" onClick={() => go({ place: "tables", table: table.key })}>
          Show its columns and rows
        </button>
      </Section>
      <Section title="Goes to">
        <ul className="linked">
          {links.map((link) => (
            <li key={link.interface}>
              <button type="button" className="link" onClick={() => openLink(link)}>
                {titles.get(link.interface) ?? link.interface}
              </button>
              <span className="faint num">{counted(link.mapped, "field")}</span>
            </li>
          ))}
        </ul>
        <Select
          size="xs"
          searchable
          aria-label={`Connect ${table.table} to an interface`}
          placeholder="Connect to an interface…"
          value={null}
          data-testid="map-connect-to"
          data={overview.interfaces
            .filter((one) => !linked.has(one.id))
            .map((one) => ({ value: one.id, label: one.title }))}
          onChange={(target) => target !== null && edits.connect([table.key], target)}
        />
      </Section>
    </>
  );
}

const MOST_LISTED = 60;

function InterfaceSection({ overview, target }: { overview: MapOverview; target: MapInterface }) {
  const links = overview.links.filter((link) => link.interface === target.id);
  const names = new Map(overview.tables.map((table) => [table.key, table.table]));
  return (
    <>
      <Section title={target.title}>
        <p className="purpose">{target.purpose}</p>
        <Facts
          of={[
            ["Kind", target.kind],
            ["Fields", `${count(target.fields)}, ${count(target.mapped)} mapped`],
            ["Required", <RequiredMissing key="r" of={target} />],
          ]}
        />
      </Section>
      <Section title={`Comes from (${count(links.length)})`}>
        {links.length === 0 && <p className="faint">No table is connected to it.</p>}
        <ul className="linked">
          {links.slice(0, MOST_LISTED).map((link) => (
            <li key={link.table}>
              <button type="button" className="link" onClick={() => openLink(link)}>
                {names.get(link.table) ?? link.table}
              </button>
              <span className="faint num">{counted(link.mapped, "field")}</span>
            </li>
          ))}
        </ul>
        {links.length > MOST_LISTED && <p className="faint">and {counted(links.length - MOST_LISTED, "more table")}</p>}
      </Section>
    </>
  );
}
