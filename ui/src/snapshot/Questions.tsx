// A file that can be read in more than one way: what is asked, and the readings side by side to choose from.

import { Button } from "@mantine/core";
import { useId } from "react";
import type { FileFacts, ReadingFacts } from "../ipc/bindings";
import { Icon } from "../parts/icons";
import type { Answer } from "./asked";
import { ReadingTable } from "./ReadingTable";

type Props = {
  id: string;
  /** As it was when it asked: the reading that is taken unless another is chosen comes first. */
  facts: FileFacts;
  answer: Answer;
  /** `null`: none was chosen. */
  chosen: number | null;
  onChoose: (reading: ReadingFacts) => void;
};

export function Questions({ id, facts, answer, chosen, onChoose }: Props) {
  const open = answer === "open";
  return (
    <section id={id} className="questions" aria-label={`What ${facts.file} asks`} data-testid="questions">
      <ul>
        {facts.questions.map((question) => (
          <li key={question} data-open={open || undefined}>
            <Icon name={open ? "warn" : "done"} size={15} />
            <span>
              {!open && <strong className="done">{answer === "chosen" ? "You chose. " : "You said how. "}</strong>}
              {sentence(question)}
            </span>
          </li>
        ))}
      </ul>
      {facts.readings.length > 0 && (
        <ol className="readings">
          {facts.readings.map((reading, at) => (
            <Reading
              // biome-ignore lint/suspicious/noArrayIndexKey: readings have no name but their place.
              key={at}
              at={at}
              reading={reading}
              first={facts.readings[0]}
              taken={open ? at === 0 : at === chosen}
              chosen={at === chosen}
              onChoose={() => onChoose(reading)}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

type ReadingProps = {
  at: number;
  reading: ReadingFacts;
  first: ReadingFacts | undefined;
  taken: boolean;
  chosen: boolean;
  onChoose: () => void;
};

function Reading({ at, reading, first, taken, chosen, onChoose }: ReadingProps) {
  const title = useId();
  return (
    <li className="reading" data-taken={taken || undefined} data-testid="reading" aria-labelledby={title}>
      <p id={title} className="reading-title">
        <strong>Reading {at + 1}</strong> {differences(reading, first)}
      </p>
      <ReadingTable name={`First records of reading ${at + 1}`} reading={reading} />
      {reading.reasons.length > 0 && <p className="reading-reasons">{sentence(reading.reasons.join("; "))}</p>}
      <div className="row">
        {/* The same button before and after, so that whoever pressed a key on it stays where they are. */}
        <Button
          size="compact-xs"
          variant={chosen ? "light" : "default"}
          aria-describedby={title}
          aria-pressed={chosen}
          data-testid="choose-reading"
          leftSection={chosen ? <Icon name="done" size={13} /> : undefined}
          onClick={onChoose}
        >
          {chosen ? "You chose this" : at === 0 ? "Keep it as it is" : "Read it this way"}
        </Button>
        {taken && <span className="reading-taken">This is how it will be read</span>}
      </div>
    </li>
  );
}

/** How a reading is written: of the ones after the first what sets them apart. */
function differences(reading: ReadingFacts, first: ReadingFacts | undefined): string {
  const parts = (of: ReadingFacts) => [...of.dialect.split(/, (?=\S)/), of.encoding];
  if (!first || reading === first) return parts(reading).join(", ");
  const known = new Set(parts(first));
  const own = parts(reading).filter((part) => !known.has(part));
  return (own.length > 0 ? own : parts(reading)).join(", ");
}

/** The engine's words as a sentence of their own. */
function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(begun) ? begun : `${begun}.`;
}
