import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Reject } from "../ipc/bindings";
import { call } from "../ipc/client";
import { Facts } from "../parts/Bits";
import { Details, Section } from "../parts/Details";
import { bytes, count, moment } from "../parts/format";
import { tellError } from "../parts/notices";
import { ShownValue } from "../parts/ShownValue";
import { REJECTS } from "../words";
import { useRetry } from "./RejectTools";

/** One reject: where it stood, why it was none, and its record, to be edited once a person asked to see it. */
export function RejectDetails({ reject }: { reject: Reject }) {
  return (
    <Details title={`Reject ${count(reject.id)}`}>
      <Facts
        of={[
          ["File", reject.file],
          ["Table", reject.table],
          ["Record", count(reject.record)],
          ["Line", count(reject.line)],
          ["Byte", count(reject.byte)],
          ["Length", bytes(reject.length)],
          ["Reason", reject.reason],
          ["Tried again", reject.tried_again],
          ["Corrected", reject.corrected_at && `${moment(reject.corrected_at)}, ${reject.corrected_by}`],
          [REJECTS.original, <ShownValue key="raw" value={reject.raw} most={400} />],
        ]}
      />
      {!reject.corrected_at && <Record reject={reject} />}
    </Details>
  );
}

function Record({ reject }: { reject: Reject }) {
  const [text, setText] = useState<string | null>(null);
  const retry = useRetry();
  if (!reject.retriable) {
    return <p className="faint">Records of this kind cannot be read again by themselves: mend the file and load it.</p>;
  }
  const open = async () => {
    try {
      const told = await call("reject_text", { id: reject.id });
      if (told.text === null) throw new Error("Its bytes are no text: export it, and correct its content_base64.");
      setText(told.text);
    } catch (error) {
      tellError("The record was not opened", error as Error);
    }
  };
  if (text === null) {
    return (
      <Button size="xs" variant="default" data-testid="open-reject" onClick={open}>
        Show and edit the record (logged)
      </Button>
    );
  }
  const query = { file: null, table: null, reason: "", open: true, ids: [], offset: 0, limit: 0 };
  return (
    <Section title="Its record">
      <Textarea
        autosize
        minRows={3}
        maxRows={16}
        aria-label="The record"
        classNames={{ input: "reject-record" }}
        spellCheck={false}
        data-testid="reject-record"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        size="xs"
        mt="xs"
        data-testid="retry-reject"
        loading={retry.busy}
        onClick={() => retry.run({ edited: null, one: { id: reject.id, text }, query, pad: false, cut: false })}
      >
        Read it again
      </Button>
    </Section>
  );
}
