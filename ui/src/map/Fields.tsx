import { SegmentedControl } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ColumnFacts, FieldFacts, MapDetail } from "../ipc/bindings";
import { useActions } from "../parts/actions";
import type { Draw } from "../parts/canvas/nodes";
import { enterSide, isPicked, NONE, type Picked, pickLink, type Side } from "../parts/canvas/picked";
import { type Item, type Link, type Opened, TwoSides } from "../parts/canvas/TwoSides";
import { focusList } from "../parts/focus";
import { tableOf } from "../parts/format";
import { useMappingEdits } from "./edits";
import { FieldDetails } from "./FieldDetails";
import { ColumnNode, FieldNode, isMissing, isSettled } from "./fieldNodes";
import { lineId, mappingOf } from "./links";
import { SideHead } from "./SideHead";
import { holds } from "./view";

type LeftPart = "all" | "used" | "free";
type RightPart = "all" | "required" | "free";

export function Fields({ detail }: { detail: MapDetail }) {
  const [picked, setPicked] = useState<Picked>(NONE);
  const [columnText, setColumnText] = useState("");
  const [fieldText, setFieldText] = useState("");
  const [leftPart, setLeftPart] = useState<LeftPart>("all");
  const [rightPart, setRightPart] = useState<RightPart>("all");
  const columnFilter = useRef<HTMLInputElement>(null);
  const fieldFilter = useRef<HTMLInputElement>(null);
  const edits = useMappingEdits(detail.interface.id);
  const links = useMemo(() => linesOf(detail), [detail]);
  const draw = useDraw(detail);

  const left = useMemo(
    () => detail.columns.filter((column) => holds(columnText, column.column) && isIn(leftPart, column)).map(columnItem),
    [detail, columnText, leftPart],
  );
  const right = useMemo(
    () =>
      detail.fields
        .filter((field) => holds(fieldText, field.name, field.label) && isOf(rightPart, field))
        .map(fieldItem),
    [detail, fieldText, rightPart],
  );

  const columns = [...picked.left.chosen];
  const chosenLine = links.find((line) => line.id === picked.link) ?? joining(links, columns[0], picked.right);
  const mapThem = (keys: string[], field: string) => edits.map(keys, field);
  const open = (what: Opened) => {
    if ("link" in what) setPicked(pickLink(what.link, links.find((line) => line.id === what.link)?.left));
    focusTransform();
  };
  const enter = (side: Side) => {
    setPicked(
      enterSide(
        picked,
        side,
        (side === "left" ? left : right).map(({ id }) => id),
      ),
    );
    focusList();
  };
  useFreshLine(links, setPicked);
  useActions([
    {
      id: "fields-filter",
      name: "Filter the columns",
      group: "Map",
      keys: ["/"],
      run: () => columnFilter.current?.focus(),
    },
    { id: "fields-filter-right", name: "Filter the fields", group: "Map", run: () => fieldFilter.current?.focus() },
    {
      id: "fields-map",
      name: "Map the column to the field",
      group: "Map",
      keys: ["enter"],
      onlyListed: true,
      run: () => {},
    },
    {
      id: "fields-connect",
      name: "Map the selected columns to the field",
      group: "Map",
      keys: ["c"],
      enabled: columns.length > 0 && picked.right !== undefined,
      run: () => picked.right !== undefined && mapThem(columns, picked.right),
    },
    {
      id: "fields-remove",
      name: "Remove the mapping",
      group: "Map",
      keys: ["delete", "backspace"],
      enabled: chosenLine !== undefined,
      run: () => {
        if (chosenLine) edits.remove(mappingOf(chosenLine.id));
        if (picked.link !== undefined) setPicked(NONE);
      },
    },
    {
      id: "fields-unselect",
      name: "Select nothing",
      group: "Map",
      keys: ["escape"],
      enabled: isPicked(picked),
      run: () => setPicked(NONE),
    },
  ]);

  return (
    <>
      <TwoSides
        label="Source columns and target fields"
        testId="map-canvas"
        left={left}
        right={right}
        links={links}
        leftHeight={40}
        rightHeight={40}
        draw={draw}
        picked={picked}
        onPick={setPicked}
        onConnect={mapThem}
        onOpen={open}
        onRetarget={(line, field) => edits.change({ id: mappingOf(line), field })}
        headLeft={
          <SideHead
            inputRef={columnFilter}
            label="Columns"
            testId="map-filter-columns"
            text={columnText}
            onText={setColumnText}
            onEnter={() => enter("left")}
            shown={left.length}
            all={detail.columns.length}
          >
            <SegmentedControl<LeftPart>
              size="xs"
              aria-label="Which columns"
              value={leftPart}
              onChange={setLeftPart}
              data={[
                { value: "all", label: "All" },
                { value: "used", label: "Filled" },
                { value: "free", label: "Unmapped" },
              ]}
            />
          </SideHead>
        }
        headRight={
          <SideHead
            inputRef={fieldFilter}
            label="Fields"
            testId="map-filter-fields"
            text={fieldText}
            onText={setFieldText}
            onEnter={() => enter("right")}
            shown={right.length}
            all={detail.fields.length}
          >
            <SegmentedControl<RightPart>
              size="xs"
              aria-label="Which fields"
              value={rightPart}
              onChange={setRightPart}
              data={[
                { value: "all", label: "All" },
                { value: "required", label: "Required" },
                { value: "free", label: "Unmapped" },
              ]}
            />
          </SideHead>
        }
      />
      <FieldDetails detail={detail} picked={picked} line={chosenLine} onPick={setPicked} />
    </>
  );
}

function focusTransform() {
  // The form may only now come on screen.
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-testid=mapping-transform]")?.focus());
}

/** A mapping that was just drawn is picked, so that its details can be written at once. */
function useFreshLine(links: Link[], onPick: (picked: Picked) => void) {
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    const before = known.current;
    known.current = new Set(links.map((line) => line.id));
    if (!before || links.length !== before.size + 1) return;
    const fresh = links.find((line) => !before.has(line.id));
    if (fresh) onPick(pickLink(fresh.id, fresh.left));
  }, [links, onPick]);
}

function joining(links: Link[], column: string | undefined, field: string | undefined): Link | undefined {
  if (column === undefined || field === undefined) return undefined;
  return links.find((line) => line.left === column && line.right === field);
}

function linesOf(detail: MapDetail): Link[] {
  return detail.mappings.flatMap((mapping) =>
    mapping.source
      .filter((column) => tableOf(column) === detail.table.key)
      .map((column) => ({
        id: lineId(mapping, column),
        left: column,
        right: mapping.field,
        label: mapping.status === "mapped" ? undefined : mapping.status,
        weight: mapping.status === "proposed" ? 0 : 1,
      })),
  );
}

function isIn(part: LeftPart, column: ColumnFacts): boolean {
  if (part === "used") return column.filled_percent !== 0;
  return part === "all" || column.mappings.length === 0;
}

function isOf(part: RightPart, field: FieldFacts): boolean {
  if (part === "required") return field.requirement === "R" || field.requirement === "CR";
  return part === "all" || !isSettled(field);
}

function columnItem(column: ColumnFacts): Item {
  const tone = column.filled_percent === 0 ? "quiet" : undefined;
  return { id: column.key, testId: `map-column-${column.column}`, label: column.column, tone };
}

function fieldItem(field: FieldFacts): Item {
  const tone = isMissing(field) ? "missing" : undefined;
  return { id: field.name, testId: `map-field-${field.name}`, label: field.name, tone };
}

function useDraw(detail: MapDetail): Draw {
  return useMemo(() => {
    const columns = new Map(detail.columns.map((column) => [column.key, column]));
    const fields = new Map(detail.fields.map((field) => [field.name, field]));
    return (side, id, simple) => {
      if (side === "left") {
        const column = columns.get(id);
        return column && <ColumnNode column={column} simple={simple} />;
      }
      const field = fields.get(id);
      return field && <FieldNode field={field} table={detail.table.key} simple={simple} />;
    };
  }, [detail]);
}
