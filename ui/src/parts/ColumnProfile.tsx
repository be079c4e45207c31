// The usage of one source column, as a side panel shows it.

import type { ReactNode } from "react";
import type { ColumnFacts } from "../ipc/bindings";
import { TABLES } from "../words";
import { AbsentMark, Facts, FilledBar } from "./Bits";
import { Section } from "./Details";
import { count, share } from "./format";
import { ShownValue } from "./ShownValue";

/** `children`: what else is known of it, before its values. */
export function ColumnProfile({ column, children }: { column: ColumnFacts; children?: ReactNode }) {
  const { figures } = column;
  if (column.state !== "read") return <Absent column={column} />;
  const most = column.top[0]?.count ?? 0;
  return (
    <>
      <Section title="Usage">
        <FilledBar value={column.filled_percent ?? 0} />
        <Facts
          of={[
            ["Rows", count(figures.rows)],
            ["NULL", count(figures.nulls)],
            ["Blank", count(figures.blanks)],
            ["Distinct", count(figures.distinct)],
            ["Looks like", figures.format ? `${figures.inferred_type}, ${figures.format}` : figures.inferred_type],
            ["Declared", declared(column)],
            ["Length", `${count(figures.min_length)} to ${count(figures.max_length)}`],
            [TABLES.minimum, <ShownValue key="min" value={column.min} most={40} />],
            [TABLES.maximum, <ShownValue key="max" value={column.max} most={40} />],
            ["Source comment", column.source_comment],
            ["Shown otherwise", shownOtherwise(column)],
          ]}
        />
      </Section>
      {children}
      <Section title={`Top values (${column.top.length} of ${count(figures.distinct)})`}>
        {column.top.length === 0 ? (
          <p className="faint">No values: the column is empty.</p>
        ) : (
          <ol className="top-values">
            {column.top.map((top, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: masked values may be alike; their place tells them apart.
              <li key={at}>
                <span className="top-bar" aria-hidden style={{ width: `${share(top.count, most)}%` }} />
                <ShownValue value={top.value} most={32} />
                <span className="top-count">{count(top.count)}</span>
              </li>
            ))}
          </ol>
        )}
      </Section>
    </>
  );
}

/** How the legacy workbook shows values that are stored otherwise: postcodes without their zero, formulas not computed. */
function shownOtherwise({ shown }: ColumnFacts): string {
  if (shown === null) return "";
  const kinds = shown.kinds.map((one) => `${count(one.count)} × ${one.kind}`);
  return `${kinds.join(", ")}; a query finds it in ${shown.view}`;
}

/** What the snapshot does not hold is not empty: nothing is known of it. */
function Absent({ column }: { column: ColumnFacts }) {
  return (
    <Section title="Usage">
      <p>
        <AbsentMark state={column.state} />
      </p>
      <Facts
        of={[
          ["Rows", count(column.figures.rows)],
          ["Declared", declared(column)],
          ["Source comment", column.source_comment],
        ]}
      />
    </Section>
  );
}

function declared(column: ColumnFacts): string {
  const words = [column.declared_type];
  if (!column.nullable) words.push("not null");
  if (column.db_key) words.push(column.db_key);
  if (column.default !== null) words.push("has a default");
  if (column.generated) words.push("generated");
  return words.join(" · ");
}
