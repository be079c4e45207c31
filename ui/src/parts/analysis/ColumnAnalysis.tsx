// What a close look at a column told, as a side panel shows it.

import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { ColumnAnalysis as Analysis, ColumnFacts, KindFound, Numbers, TableKey } from "../../ipc/bindings";
import { useAnswer, useRunning } from "../../ipc/queries";
import { ANALYSIS } from "../../words";
import { Facts } from "../Bits";
import { Section } from "../Details";
import { count, counted, share } from "../format";
import { JobProgress } from "../JobProgress";
import { AllValues } from "./AllValues";
import { Histogram } from "./Histogram";
import { useAnalyze } from "./useAnalyze";
import { before, yearBars } from "./years";
import "./analysis.css";

const SHAPES = 8;

export function ColumnAnalysis({ table, column }: { table: TableKey; column: ColumnFacts }) {
  const [values, setValues] = useState(false);
  const { data } = useAnswer("study", { table, column: column.column }, { keep: true });
  const found = data?.[0];
  if (column.state !== "read" || column.figures.rows === 0) return null;
  return (
    <>
      <Button size="xs" variant="default" mt="xs" data-testid="all-values" onClick={() => setValues(true)}>
        {ANALYSIS.allValues}
      </Button>
      {values && <AllValues table={table} column={column} onClose={() => setValues(false)} />}
      {found?.facts.key === column.key &&
        (found.analysis === null ? (
          <NotYet table={table} />
        ) : (
          <Told table={table} column={column} of={found.analysis} />
        ))}
    </>
  );
}

function NotYet({ table }: { table: TableKey }) {
  const analyze = useAnalyze();
  const job = useRunning("analysis");
  return (
    <Section title={ANALYSIS.title}>
      {job ? (
        <JobProgress job={job} />
      ) : (
        <>
          <p className="faint">{ANALYSIS.notYet}</p>
          <Button size="xs" variant="default" data-testid="analyze-table" onClick={() => analyze([table])}>
            {ANALYSIS.analyzeTable}
          </Button>
        </>
      )}
    </Section>
  );
}

function Told({ table, column, of }: { table: TableKey; column: ColumnFacts; of: Analysis }) {
  const standFor = of.placeholders.map(({ written, count: rows }) => `${count(rows)} × ${written}`);
  return (
    <>
      {of.kinds.length + of.blobs.length > 0 && (
        <Section title={ANALYSIS.holds}>
          <ul className="kinds">
            {of.kinds.map((kind) => (
              <Kind key={kind.kind} of={kind} />
            ))}
            {of.blobs.map((blob) => (
              <li key={blob.content}>
                <span>{blob.content}</span> <span className="faint num">{counted(blob.count, "value")}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Issues table={table} column={column} />
      <Section title={ANALYSIS.title}>
        <Facts
          of={[
            [ANALYSIS.meant, `${count(of.meant)} of ${counted(of.rows, "row")}`],
            [ANALYSIS.standForNone, standFor.join(", ")],
            [ANALYSIS.whiteSpace, of.white_space > 0 ? counted(of.white_space, "row") : null],
          ]}
        />
      </Section>
      {of.dates && of.dates.years.length > 0 && <Years of={of.dates} />}
      {of.numbers && <NumbersTold of={of.numbers} />}
      {of.patterns.length > 1 && <Shapes of={of} />}
      {of.lengths.bins.length > 1 && (
        <Section title={ANALYSIS.lengths}>
          <Histogram
            label={ANALYSIS.lengths}
            bars={of.lengths.bins.map(({ from, to, count: rows }) => ({
              name: from === to ? count(from) : `${count(from)}–${count(to)}`,
              tick: count(from),
              count: rows,
            }))}
          />
        </Section>
      )}
    </>
  );
}

function Kind({ of }: { of: KindFound }) {
  return (
    <li title={of.evidence.join("; ")}>
      <span>{of.label}</span>{" "}
      <span className="faint num">
        {ANALYSIS.sureness[of.sureness]}, {of.percent} %
      </span>
    </li>
  );
}

function Issues({ table, column }: { table: TableKey; column: ColumnFacts }) {
  const { data } = useAnswer("issues", { table, trouble: null, offset: 0, limit: 0 });
  const own = data?.issues.filter((issue) => issue.column === column.key) ?? [];
  if (own.length === 0) return null;
  return (
    <Section title={ANALYSIS.issues}>
      <ul className="notes">
        {own.map(({ trouble, sentence }) => (
          <li key={trouble}>{sentence}</li>
        ))}
      </ul>
    </Section>
  );
}

function Years({ of }: { of: NonNullable<Analysis["dates"]> }) {
  const bars = yearBars(of.years);
  const early = before(of.years, bars);
  return (
    <Section title={ANALYSIS.years}>
      <Histogram label={ANALYSIS.years} bars={bars} />
      <Facts
        of={[
          [ANALYSIS.written, of.formats.map(({ format, count: rows }) => `${format} (${count(rows)})`).join(", ")],
          [ANALYSIS.span, of.first === of.last ? of.first : `${of.first} to ${of.last}`],
          [ANALYSIS.early, early > 0 ? counted(early, "row") : null],
          [ANALYSIS.ambiguous, of.ambiguous > 0 ? counted(of.ambiguous, "row") : null],
        ]}
      />
    </Section>
  );
}

function NumbersTold({ of }: { of: Numbers }) {
  const at = (percent: number) => of.quantiles.find((quantile) => quantile.percent === percent)?.value;
  return (
    <Section title={ANALYSIS.numbers}>
      {of.histogram.length > 1 && (
        <Histogram
          label={ANALYSIS.numbers}
          bars={of.histogram.map(({ from, to, count: rows }) => ({
            name: from === to ? figure(from) : `${figure(from)}–${figure(to)}`,
            tick: figure(from),
            count: rows,
          }))}
        />
      )}
      <Facts
        of={[
          [ANALYSIS.span, `${figure(of.least)} to ${figure(of.greatest)}`],
          [ANALYSIS.mean, `${figure(of.mean)} ± ${figure(of.deviation)}`],
          [ANALYSIS.quartiles, [25, 50, 75].map((percent) => figure(at(percent) ?? 0)).join(" · ")],
          [ANALYSIS.zeros, of.zeros > 0 ? counted(of.zeros, "row") : null],
          [ANALYSIS.negatives, of.negatives > 0 ? counted(of.negatives, "row") : null],
          [ANALYSIS.error, of.error_percent > 0 ? `${of.error_percent} % of the rows` : null],
        ]}
      />
    </Section>
  );
}

const figure = (number: number): string => number.toLocaleString("en-US", { maximumFractionDigits: 2 });

function Shapes({ of }: { of: Analysis }): ReactNode {
  const most = of.patterns[0]?.count ?? 0;
  const others = of.patterns.slice(SHAPES).reduce((sum, { count: rows }) => sum + rows, of.other_patterns);
  return (
    <Section title={ANALYSIS.shapes}>
      <ol className="top-values">
        {of.patterns.slice(0, SHAPES).map(({ shape, count: rows }) => (
          <li key={shape}>
            <span className="top-bar" aria-hidden style={{ width: `${share(rows, most)}%` }} />
            <span className="value" title={shape}>
              {shape}
            </span>
            <span className="top-count">{count(rows)}</span>
          </li>
        ))}
      </ol>
      {others > 0 && (
        <p className="faint">
          {ANALYSIS.otherShapes}: {counted(others, "row")}
        </p>
      )}
    </Section>
  );
}
