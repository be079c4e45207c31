// What was handed over, as it would be read: looked at before it is loaded, wherever looks decide.

import { Button, Modal } from "@mantine/core";
import { Fragment, useState } from "react";
import type { FileChoice, FileFacts } from "../ipc/bindings";
import { useRunning } from "../ipc/queries";
import { bytes, counted } from "../parts/format";
import { JobProgress } from "../parts/JobProgress";
import { MiddleCut } from "../parts/MiddleCut";
import { choiceOf, isAdjustable, withChoice } from "./choice";
import { ReadOtherwise } from "./ReadOtherwise";

type Props = {
  /** `null`: nothing is offered. */
  files: FileFacts[] | null;
  choices: FileChoice[];
  /** Choices were made that the files have not been looked at with. */
  stale: boolean;
  busy: boolean;
  onChoices: (choices: FileChoice[]) => void;
  onLook: () => void;
  onReport: () => void;
  onLoad: () => void;
  onClose: () => void;
};

export function HandOver({ files, choices, stale, busy, onChoices, onLook, onReport, onLoad, onClose }: Props) {
  const [open, setOpen] = useState<string | null>(null);
  const looking = useRunning("look");
  const read = (files ?? []).filter((file) => file.ignored_why === null || file.needs_password);
  const aside = (files ?? []).filter((file) => !read.includes(file));
  return (
    <Modal
      opened={files !== null}
      onClose={onClose}
      title="How the files are read"
      size="64rem"
      closeButtonProps={{ "aria-label": "Close" }}
      data-testid="hand-over"
    >
      <div className="hand-over">
        <table>
          <thead>
            <tr>
              <th>File</th>
              <th>What it is</th>
              <th className="numeric">Size</th>
              <th>How it is read</th>
              <th aria-label="Change" />
            </tr>
          </thead>
          <tbody>
            {read.map((file) => (
              <Fragment key={file.file}>
                <tr data-testid="hand-over-file">
                  <td className="hand-over-name">
                    <MiddleCut text={file.file} />
                  </td>
                  <td>{file.kind}</td>
                  <td className="numeric">{bytes(file.bytes)}</td>
                  <td>{howRead(file, choiceOf(choices, file.file).skip)}</td>
                  <td>
                    {isAdjustable(file) && (
                      <Button
                        size="compact-xs"
                        variant="default"
                        aria-expanded={open === file.file}
                        data-testid="otherwise"
                        onClick={() => setOpen(open === file.file ? null : file.file)}
                      >
                        Read it otherwise
                      </Button>
                    )}
                  </td>
                </tr>
                {open === file.file && (
                  <tr>
                    <td colSpan={5}>
                      <ReadOtherwise
                        facts={file}
                        choice={choiceOf(choices, file.file)}
                        onChoice={(choice) => onChoices(withChoice(choices, choice))}
                      />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
        {aside.length > 0 && (
          <details>
            <summary>{counted(aside.length, "file")} left aside</summary>
            <ul>
              {aside.map((file) => (
                <li key={file.file}>
                  {file.file}: {file.ignored_why}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      {looking && <JobProgress job={looking} />}
      <div className="row dialog-end">
        <span className="grow" />
        {read.some((file) => file.dialect !== null) && (
          <Button variant="default" disabled={busy} data-testid="conformance" onClick={onReport}>
            Report what breaks the hand-over rules…
          </Button>
        )}
        {stale && (
          <Button variant="default" loading={busy} data-testid="look-again" onClick={onLook}>
            Look again
          </Button>
        )}
        <Button loading={busy} disabled={read.length === 0} data-testid="load-these" onClick={onLoad}>
          Load {counted(read.length, "file")}
        </Button>
      </div>
    </Modal>
  );
}

function howRead(file: FileFacts, skipped: boolean): string {
  if (skipped) return "left aside";
  if (file.needs_password) return "a password is asked for";
  return [file.encoding, file.dialect].filter(Boolean).join(", ") || "as it says itself";
}
