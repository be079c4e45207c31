import { Modal, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Part, PartKind } from "../ipc/bindings";
import { useAnswer } from "../ipc/queries";
import { Failure } from "../parts/Bits";
import { moment } from "../parts/format";
import { Grid, type GridColumn } from "../parts/grid/Grid";
import { ABOUT } from "../words";
import { found } from "./found";

const KINDS: Record<PartKind, string> = { crate: "Rust", npm: "npm", c: "C" };

const COLUMNS: GridColumn<Part>[] = [
  { id: "name", header: ABOUT.part, width: 200, grow: 1, cell: (part) => part.name },
  { id: "version", header: ABOUT.version, width: 120, cell: (part) => part.version },
  {
    id: "licence",
    header: ABOUT.licence,
    width: 220,
    cell: (part) => <span title={part.licence}>{part.licence}</span>,
  },
  { id: "kind", header: ABOUT.kind, width: 70, cell: (part) => KINDS[part.kind] },
];

/** Which version this is, and the third-party software in it with its licences. */
export function About({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={ABOUT.title} size="xl" closeButtonProps={{ "aria-label": "Close" }}>
      {opened && <Facts />}
    </Modal>
  );
}

function Facts() {
  const { data: about, error } = useAnswer("about", null);
  const [text, setText] = useState("");
  const parts = useMemo(() => {
    const all = about?.parts ?? [];
    return text.trim() === "" ? all : found(all, text, (part) => `${part.name} ${part.licence}`, all.length);
  }, [about, text]);
  if (error) return <Failure what={ABOUT.notRead} error={error} />;
  if (!about) return null;
  return (
    <div className="about" data-testid="about">
      <dl>
        <dt>{ABOUT.version}</dt>
        <dd>{about.version}</dd>
        <dt>{ABOUT.commit}</dt>
        <dd className="mono">{about.commit ?? ABOUT.unknown}</dd>
        <dt>{ABOUT.committed}</dt>
        <dd>{about.committed_at ? moment(about.committed_at) : ABOUT.unknown}</dd>
      </dl>
      <h3>{ABOUT.parts}</h3>
      <TextInput
        size="xs"
        aria-label={ABOUT.filter}
        placeholder={ABOUT.filter}
        value={text}
        data-testid="about-filter"
        onChange={(event) => setText(event.target.value)}
      />
      <Grid
        label={ABOUT.parts}
        testId="about-grid"
        columns={COLUMNS}
        name="about"
        count={parts.length}
        row={(at) => parts[at]}
        empty={parts.length === 0 && <p className="faint">{ABOUT.noneFound}</p>}
      />
    </div>
  );
}
