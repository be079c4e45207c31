import { Checkbox } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import type { MapOverview } from "../ipc/bindings";
import { useActions } from "../parts/actions";
import type { Draw } from "../parts/canvas/nodes";
import { enterSide, isPicked, NONE, type Side } from "../parts/canvas/picked";
import { type Item, type Opened, TwoSides } from "../parts/canvas/TwoSides";
import { focusList } from "../parts/focus";
import { count, counted } from "../parts/format";
import { go } from "../parts/where";
import { useLinkEdits } from "./edits";
import { inUseFirst, linkId, linkNamed, toMap } from "./links";
import { OverviewDetails } from "./OverviewDetails";
import { InterfaceNode, TableNode } from "./overviewNodes";
import { SideHead } from "./SideHead";
import { holds, setView, useView } from "./view";

export function Overview({ overview }: { overview: MapOverview }) {
  const view = useView();
  const { picked } = view;
  const shown = useShown(overview);
  const edits = useLinkEdits();
  const draw = useDraw(overview);
  const tableFilter = useRef<HTMLInputElement>(null);
  const interfaceFilter = useRef<HTMLInputElement>(null);

  const open = (what: Opened) => {
    const link = "link" in what ? linkNamed(what.link) : linkAt(overview, what, picked.right);
    if (link) go({ place: "map", table: link.table, interface: link.interface });
    else if ("side" in what && what.side === "left") go({ place: "tables", table: what.id });
  };
  const enter = (side: Side) => {
    setView({
      picked: enterSide(
        picked,
        side,
        shown[side].map(({ id }) => id),
      ),
    });
    focusList();
  };
  const tables = [...picked.left.chosen];
  const pair = picked.link ?? (picked.right && tables[0] && linkId({ table: tables[0], interface: picked.right }));
  const made = pair === undefined ? undefined : overview.links.find((link) => linkId(link) === pair);
  useActions([
    { id: "map-filter", name: "Filter the tables", group: "Map", keys: ["/"], run: () => tableFilter.current?.focus() },
    {
      id: "map-filter-right",
      name: "Filter the interfaces",
      group: "Map",
      run: () => interfaceFilter.current?.focus(),
    },
    {
      id: "map-all",
      name: view.allTables ? "Only tables that are to be mapped" : "Show all tables",
      group: "Map",
      run: () => setView({ allTables: !view.allTables }),
    },
    {
      id: "map-connect",
      name: "Connect the selected tables to the interface",
      group: "Map",
      keys: ["c"],
      enabled: tables.length > 0 && picked.right !== undefined,
      run: () => picked.right !== undefined && edits.connect(tables, picked.right),
    },
    {
      id: "map-open",
      name: "Connect, or zoom to the fields",
      group: "Map",
      keys: ["enter"],
      onlyListed: true,
      run: () => {},
    },
    {
      id: "map-disconnect",
      name: "Remove the link",
      group: "Map",
      keys: ["delete", "backspace"],
      enabled: made !== undefined,
      run: () => {
        if (!made) return;
        edits.disconnect(made);
        if (picked.link !== undefined) setView({ picked: NONE });
      },
    },
    {
      id: "map-unselect",
      name: "Select nothing",
      group: "Map",
      keys: ["escape"],
      enabled: isPicked(picked),
      run: () => setView({ picked: NONE }),
    },
  ]);

  return (
    <section className="screen" aria-label="Map">
      <header className="screen-head">
        <h1>Map</h1>
        <span className="faint num">
          {counted(overview.links.length, "link")}, {counted(inUse(overview), "interface")} in use
        </span>
        <span className="grow" />
        <span className="faint map-hint">Drag from a table to an interface; double-click a line for the fields</span>
      </header>
      <TwoSides
        label="Source tables and target interfaces"
        testId="map-canvas"
        left={shown.left}
        right={shown.right}
        links={shown.links}
        leftHeight={42}
        rightHeight={46}
        draw={draw}
        picked={picked}
        onPick={(next) => setView({ picked: next })}
        onConnect={edits.connect}
        onOpen={open}
        onRetarget={(id, target) => {
          const link = overview.links.find((one) => linkId(one) === id);
          if (link) edits.retarget(link, link.mapped, target);
        }}
        headLeft={
          <SideHead
            inputRef={tableFilter}
            label="Source tables"
            testId="map-filter-tables"
            text={view.tableText}
            onText={(tableText) => setView({ tableText })}
            onEnter={() => enter("left")}
            shown={shown.left.length}
            all={overview.tables.length}
          >
            <Checkbox
              size="xs"
              label="All tables"
              title={
                shown.nothingToMap
                  ? "Nothing is discrete or linked yet, so all tables are here"
                  : "Also those that are neither discrete nor linked"
              }
              checked={shown.all}
              disabled={shown.nothingToMap}
              data-testid="map-all-tables"
              onChange={(event) => setView({ allTables: event.target.checked })}
            />
          </SideHead>
        }
        headRight={
          <SideHead
            inputRef={interfaceFilter}
            label="Target interfaces"
            testId="map-filter-interfaces"
            text={view.interfaceText}
            onText={(interfaceText) => setView({ interfaceText })}
            onEnter={() => enter("right")}
            shown={shown.right.length}
            all={overview.interfaces.length}
          >
            <Checkbox
              size="xs"
              label="In use"
              title="Only those that something is connected to"
              checked={view.onlyInUse}
              data-testid="map-only-in-use"
              onChange={(event) => setView({ onlyInUse: event.target.checked })}
            />
          </SideHead>
        }
      />
      <OverviewDetails overview={overview} picked={picked} />
    </section>
  );
}

function inUse({ interfaces }: MapOverview): number {
  return interfaces.filter((one) => one.in_use).length;
}

function useShown(overview: MapOverview) {
  const { tableText, interfaceText, allTables, onlyInUse } = useView();
  // A connected interface must not jump away under the pointer: the order is that of the moment of coming here.
  const [order] = useState(() => new Map(inUseFirst(overview.interfaces).map(({ id }, at) => [id, at])));
  return useMemo(() => {
    const worthwhile = toMap(overview);
    const nothingToMap = worthwhile.length === 0;
    const all = allTables || nothingToMap;
    const left: Item[] = (all ? overview.tables : worthwhile)
      .filter((table) => holds(tableText, table.table, table.module))
      .map((table) => ({
        id: table.key,
        testId: `map-table-${table.table}`,
        label: table.table,
        tone: table.present ? undefined : "quiet",
      }));
    const right: Item[] = overview.interfaces
      .filter((one) => holds(interfaceText, one.title, one.id) && (one.in_use || !onlyInUse))
      .sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
      .map((one) => ({
        id: one.id,
        testId: `map-interface-${one.id}`,
        label: one.title,
        tone: one.in_use ? (one.required_missing > 0 ? "missing" : undefined) : "quiet",
      }));
    const links = overview.links.map((link) => ({
      id: linkId(link),
      left: link.table,
      right: link.interface,
      label: link.mapped > 0 ? count(link.mapped) : undefined,
      weight: link.mapped,
    }));
    return { left, right, links, all, nothingToMap };
  }, [overview, tableText, interfaceText, allTables, onlyInUse, order]);
}

function useDraw(overview: MapOverview): Draw {
  return useMemo(() => {
    const tables = new Map(overview.tables.map((table) => [table.key, table]));
    const interfaces = new Map(overview.interfaces.map((one) => [one.id, one]));
    const links = new Map<string, number>();
    for (const { interface: id } of overview.links) links.set(id, (links.get(id) ?? 0) + 1);
    return (side, id, simple) => {
      if (side === "left") {
        const table = tables.get(id);
        return table && <TableNode table={table} simple={simple} />;
      }
      const one = interfaces.get(id);
      return one && <InterfaceNode of={one} tables={links.get(id) ?? 0} simple={simple} />;
    };
  }, [overview]);
}

/** What a double-click means: the link to the other side's pick, or else the first there is. */
function linkAt(overview: MapOverview, what: { side: "left" | "right"; id: string }, right: string | undefined) {
  if (what.side === "right") return overview.links.find((link) => link.interface === what.id);
  const links = overview.links.filter((link) => link.table === what.id);
  return links.find((link) => link.interface === right) ?? links[0];
}
