// Where the bytes went, what was left aside, what is kept as text, and how long each step took.

import { Button } from "@mantine/core";
import type { Ledger, LedgerFile, LedgerObject } from "../ipc/bindings";
import { useAct } from "../ipc/queries";
import { Facts } from "../parts/Bits";
import { Section } from "../parts/Details";
import { bytes, count, counted, duration } from "../parts/format";
import { tellError } from "../parts/notices";
import { ShownValue } from "../parts/ShownValue";
import { SNAPSHOT } from "../words";
import { sharesOf } from "./sum";

const MOST = 50;

/** Beside the sum of the rows: whether every byte has its place. */
export function Account({ files }: { files: LedgerFile[] }) {
  const { known, open, apart } = sharesOf(files);
  if (known === 0) return null;
  return (
    <span className="faint">
      {" "}
      · every byte of {counted(known - apart.length, "file")} accounted for
      {open > 0 && `, ${counted(open, "file")} not read front to back`}
      {apart.length > 0 && <span className="problem"> · ▲ not of {apart.join(", ")}</span>}
    </span>
  );
}

export function Bytes({ file }: { file: LedgerFile }) {
  const rows = file.tables.reduce((sum, table) => sum + table.bytes, 0);
  if (rows === 0 && file.shares.length === 0) return null;
  return (
    <Section title="Where the bytes went">
      <Facts
        of={[
          ["Rows", bytes(rows)],
          ...file.shares.map((share): [string, string] => [
            share.class,
            `${bytes(share.bytes)}, ${count(share.count)} ×`,
          ]),
        ]}
      />
    </Section>
  );
}

export function Notes({ title, of }: { title: string; of: string[] }) {
  if (of.length === 0) return null;
  return (
    <Section title={`${title} (${count(of.length)})`}>
      <ul className="notes">
        {of.slice(0, MOST).map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      {of.length > MOST && <p className="faint">and {count(of.length - MOST)} more: the file itself lists its own.</p>}
    </Section>
  );
}

export function Objects({ of }: { of: LedgerObject[] }) {
  return <Notes title={SNAPSHOT.objects} of={of.map(({ kind, name }) => `${kind} ${name}`)} />;
}

/** Of all files together. */
export function WholeAccount({ ledger }: { ledger: Ledger }) {
  const objects = ledger.files.flatMap((file) => file.objects);
  const of = (list: (file: LedgerFile) => string[]) =>
    ledger.files.flatMap((file) => list(file).map((text) => `${file.file}: ${text}`));
  return (
    <>
      <Notes title={SNAPSHOT.notLoaded} of={of((file) => file.ignored)} />
      <Notes title="Warnings" of={of((file) => file.warnings)} />
      <Objects of={objects} />
      {objects.length > 0 && <ObjectTexts />}
      {ledger.steps.length > 0 && (
        <Section title="Steps">
          <Facts of={ledger.steps.map(({ step, seconds }) => [step, duration(seconds)])} />
        </Section>
      )}
    </>
  );
}

/** Their text may quote people: it is shown when a person asks, and the log says who. */
function ObjectTexts() {
  const ask = useAct("objects");
  if (!ask.data) {
    return (
      <Button
        size="xs"
        variant="default"
        loading={ask.isPending}
        data-testid="object-texts"
        onClick={() => ask.mutate({ raw: true }, { onError: (error) => tellError("The texts were not read", error) })}
      >
        Show their text (logged)
      </Button>
    );
  }
  return ask.data.slice(0, MOST).map((object) => (
    <Section key={`${object.file} ${object.kind} ${object.name}`} title={`${object.kind} ${object.name}`}>
      <ShownValue value={object.text} most={2000} />
    </Section>
  ));
}
