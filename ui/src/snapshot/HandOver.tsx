// What was handed over, as it would be read: looked at before it is loaded, wherever looks decide.

import { Button, Modal } from "@mantine/core";
import { Fragment, useId, useState } from "react";
import type { FileChoice, FileFacts } from "../ipc/bindings";
import { useRunning } from "../ipc/queries";
import { bytes, count, counted } from "../parts/format";
import { Icon } from "../parts/icons";
import { JobProgress } from "../parts/JobProgress";
import { MiddleCut } from "../parts/MiddleCut";
import { HAND_OVER } from "../words";
import { type Answer, type Asked, answerOf, askingFirst, choiceFor, chosenReading, unchecked } from "./asked";
import { choiceOf, isAdjustable, saysTheSame, withChoice } from "./choice";
import { Questions } from "./Questions";
import { ReadOtherwise } from "./ReadOtherwise";

type Props = {
  /** `null`: nothing is offered. */
  files: FileFacts[] | null;
  choices: FileChoice[];
  asked: Asked;
  /** The choices that the files were looked at with. */
  seen: FileChoice[];
  starting: boolean;
  onChoices: (choices: FileChoice[]) => void;
  onReport: () => void;
  onLoad: () => void;
  onClose: () => void;
};

export function HandOver(props: Props) {
  const { files, onClose } = props;
  return (
    <Modal
      opened={files !== null}
      onClose={onClose}
      title="How the files are read"
      size="68rem"
      closeButtonProps={{ "aria-label": "Close" }}
      data-testid="hand-over"
    >
      {files && <Offered {...props} files={files} />}
    </Modal>
  );
}

/** What is unfolded below a file's row. */
type Unfolded = { file: string; what: "questions" | "otherwise" } | null;

function Offered({ files, ...props }: Props & { files: FileFacts[] }) {
  const { choices, asked, seen, starting } = props;
  const job = useRunning("look");
  const read = askingFirst(
    asked,
    files.filter((file) => file.ignored_why === null || file.needs_password),
  );
  const aside = files.filter((file) => !read.includes(file));
  const [open, setOpen] = useState<Unfolded>(() => firstAsking(read, asked));
  const asking = unchecked(asked, read, choices);
  const toggle = (to: NonNullable<Unfolded>) => setOpen(open?.file === to.file && open.what === to.what ? null : to);
  return (
    <>
      <p className="hand-over-asks" role="status" data-open={asking > 0 || undefined} data-testid="hand-over-asks">
        {askedSummary(asking, Object.keys(asked).length)}
      </p>
      <div className="hand-over">
        <table className="hand-over-files">
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
              <FileRows
                key={file.file}
                file={file}
                facts={asked[file.file]}
                answer={answerOf(asked, file, choiceOf(choices, file.file))}
                choice={choiceOf(choices, file.file)}
                open={open?.file === file.file ? open.what : null}
                onOpen={(what) => toggle({ file: file.file, what })}
                onChoice={(choice) => props.onChoices(withChoice(choices, choice))}
                stale={!saysTheSame(choiceOf(choices, file.file), choiceOf(seen, file.file))}
              />
            ))}
          </tbody>
        </table>
        <LeftAside files={aside} />
      </div>
      {job && <JobProgress job={job} />}
      <div className="row dialog-end">
        <span className="grow" />
        {read.some((file) => file.dialect !== null) && (
          <Button variant="default" disabled={starting} data-testid="conformance" onClick={props.onReport}>
            {HAND_OVER.exportCheck}
          </Button>
        )}
        <Button loading={starting} disabled={read.length === 0} data-testid="load-these" onClick={props.onLoad}>
          Load {counted(read.length, "file")}
          {asking > 0 && `, ${count(asking)} unchecked`}
        </Button>
      </div>
    </>
  );
}

/** Whoever has one file to check sees at once what is asked. */
function firstAsking(read: FileFacts[], asked: Asked): Unfolded {
  const [first] = read;
  return first && asked[first.file] ? { file: first.file, what: "questions" } : null;
}

function askedSummary(asking: number, ever: number): string {
  if (ever === 0) return "";
  if (asking === 0)
    return ever === 1 ? "The file that asked is checked." : `All ${count(ever)} files that asked are checked.`;
  const files = asking === 1 ? "1 file can" : `${count(asking)} files can`;
  return `${files} be read in more than one way. Please check before you load.`;
}

type RowsProps = {
  file: FileFacts;
  /** As it was when it asked. */
  facts: FileFacts | undefined;
  answer: Answer | null;
  choice: FileChoice;
  open: "questions" | "otherwise" | null;
  onOpen: (what: "questions" | "otherwise") => void;
  onChoice: (choice: FileChoice) => void;
  /** Something was chosen that the file has not been looked at with. */
  stale: boolean;
};

function FileRows({ file, facts, answer, choice, stale, open, onOpen, onChoice }: RowsProps) {
  const below = useId();
  return (
    <Fragment>
      <tr data-testid="hand-over-file" data-open={open !== null || undefined}>
        <td className="hand-over-name">
          <MiddleCut text={file.file} />
        </td>
        <td className="hand-over-kind">{file.kind}</td>
        <td className="numeric">{bytes(file.bytes)}</td>
        <td>{howRead(file, choice.skip)}</td>
        <td className="hand-over-acts">
          {answer && (
            <button
              type="button"
              className="asks"
              data-answer={answer}
              aria-expanded={open === "questions"}
              aria-controls={open === "questions" ? below : undefined}
              data-testid="asks"
              onClick={() => onOpen("questions")}
            >
              <Icon name={answer === "open" ? "warn" : "done"} size={14} />
              {answer === "open" ? "Please check" : "Checked"}
              <span className="sr-only">: {file.file}</span>
            </button>
          )}
          {isAdjustable(file) && (
            <Button
              size="compact-xs"
              variant="default"
              aria-expanded={open === "otherwise"}
              data-testid="otherwise"
              onClick={() => onOpen("otherwise")}
            >
              {HAND_OVER.changeSettings}
            </Button>
          )}
        </td>
      </tr>
      {open === "questions" && facts && answer && (
        <tr>
          <td colSpan={5}>
            <Questions
              id={below}
              facts={facts}
              answer={answer}
              chosen={chosenReading(facts, choice)}
              onChoose={(reading) => onChoice(choiceFor(reading, choice))}
            />
          </td>
        </tr>
      )}
      {open === "otherwise" && (
        <tr>
          <td colSpan={5}>
            <ReadOtherwise facts={file} choice={choice} stale={stale} onChoice={onChoice} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function LeftAside({ files }: { files: FileFacts[] }) {
  if (files.length === 0) return null;
  return (
    <details>
      <summary>
        {counted(files.length, "file")} {HAND_OVER.notLoaded}
      </summary>
      <ul>
        {files.map((file) => (
          <li key={file.file}>
            {file.file}: {file.ignored_why}
          </li>
        ))}
      </ul>
    </details>
  );
}

function howRead(file: FileFacts, skipped: boolean): string {
  if (skipped) return HAND_OVER.notLoaded;
  if (file.needs_password) return "a password is asked for";
  return [file.encoding, file.dialect].filter(Boolean).join(", ") || "as it says itself";
}
