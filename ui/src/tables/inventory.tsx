// What a close look at the tables told, beside their figures in the list.

import { useMemo } from "react";
import type { InventoryRow, TableFacts, TableKey } from "../ipc/bindings";
import { useAnswer } from "../ipc/queries";
import { Bars } from "../parts/analysis/Bars";
import { yearBars } from "../parts/analysis/years";
import { count } from "../parts/format";
import type { GridColumn } from "../parts/grid/Grid";
import { TABLES } from "../words";

const dash = <span className="faint">–</span>;

/** By table. The list does not wait for it: with thousands of tables it comes a moment later. */
export function useInventory() {
  const { data } = useAnswer("inventory", null, { keep: true });
  return useMemo(
    () => ({
      rows: new Map<TableKey, InventoryRow>((data?.rows ?? []).map((row) => [row.key, row])),
      newest: data?.newest_year ?? null,
      analyzed: data?.analyzed ?? 0,
      known: data !== undefined,
    }),
    [data],
  );
}

type Found = ReturnType<typeof useInventory>;

export function inventoryColumns({ rows, newest }: Found): GridColumn<TableFacts>[] {
  const of = (table: TableFacts) => rows.get(table.key);
  return [
    {
      id: "role",
      header: TABLES.role,
      width: 82,
      sortable: true,
      value: (table) => of(table)?.role_label ?? null,
      cell: (table) => {
        const row = of(table);
        return row ? <span title={row.role_why}>{row.role_label}</span> : dash;
      },
    },
    {
      id: "used",
      header: TABLES.lastUsed,
      width: 124,
      sortable: true,
      value: (table) => of(table)?.last_year ?? null,
      text: (table) => lastUsed(of(table)),
      cell: (table) => <Used row={of(table)} newest={newest} />,
    },
    {
      id: "person",
      optional: true,
      header: TABLES.person,
      width: 120,
      sortable: true,
      value: (table) => of(table)?.person?.columns.join(", ") ?? null,
      cell: (table) => {
        const person = of(table)?.person;
        return person ? (
          <span className="mono" title={person.words}>
            {person.columns.join(", ")}
          </span>
        ) : (
          dash
        );
      },
    },
    {
      id: "issues",
      optional: true,
      header: TABLES.issues,
      width: 76,
      numeric: true,
      sortable: true,
      value: (table) => of(table)?.issues ?? null,
      cell: (table) => {
        const issues = of(table)?.issues ?? 0;
        return issues > 0 ? count(issues) : dash;
      },
    },
  ];
}

/** `undefined`: everything passes, as long as nothing is known. A table whose dates tell nothing is not said to be out of use. */
export function passesBy({ rows, known }: Found, only: { inUse: boolean; personData: boolean }) {
  if (!known || (!only.inUse && !only.personData)) return undefined;
  return ({ key, rows: count }: TableFacts) => {
    const row = rows.get(key);
    if (only.personData && !row?.person) return false;
    return !only.inUse || (count > 0 && row?.dead !== true);
  };
}

function lastUsed(row: InventoryRow | undefined): string {
  if (row?.last_year == null) return "";
  return row.dead ? `${TABLES.deadSince} ${row.last_year}` : String(row.last_year);
}

function Used({ row, newest }: { row: InventoryRow | undefined; newest: number | null }) {
  if (!row?.analyzed || row.last_year === null) return dash;
  const bars = yearBars(row.years, newest).slice(-YEARS);
  return (
    <span className="used" title={`${lastUsed(row)}, by ${row.dated_by}`}>
      <Bars label={TABLES.lastUsed} bars={bars} />
      <span className={row.dead ? "faint" : undefined}>{row.last_year}</span>
    </span>
  );
}

/** Of the sparkline. */
const YEARS = 20;
