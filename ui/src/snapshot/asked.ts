// Files that can be read in more than one way: what is asked of a person, and what was answered.

import type { FileChoice, FileFacts, ReadingFacts } from "../ipc/bindings";
import { choiceOf, saysNothing, saysTheSame } from "./choice";

/** By name the files that asked, as they were when they did: whoever chose one reading may still want another. */
export type Asked = Readonly<Record<string, FileFacts>>;

/** `open` waits for a person, `chosen` has one of its readings chosen, `settled` was told by hand how to be read. */
export type Answer = "open" | "chosen" | "settled";

/** What is decided for a file to be read so. What it is taken for stays. */
export function choiceFor(reading: ReadingFacts, before: FileChoice): FileChoice {
  return { ...reading.choice, treat_as: before.treat_as };
}

/** Which of the readings was chosen; `null`: none of them. */
export function chosenReading(facts: FileFacts, choice: FileChoice): number | null {
  const at = facts.readings.findIndex((reading) => saysTheSame(choiceFor(reading, choice), choice));
  return at < 0 ? null : at;
}

/** The files that ask, after another look: one that was answered is not asked again. */
export function askedOf(before: Asked, files: readonly FileFacts[], choices: readonly FileChoice[]): Asked {
  const asked: Record<string, FileFacts> = {};
  for (const file of files) {
    const known = before[file.file];
    const answered = known && chosenReading(known, choiceOf(choices, file.file)) !== null;
    if (file.questions.length > 0 && !answered) asked[file.file] = file;
    else if (known) asked[file.file] = known;
  }
  return asked;
}

/** `null`: the file asks nothing. */
export function answerOf(asked: Asked, file: FileFacts, choice: FileChoice): Answer | null {
  const facts = asked[file.file];
  if (!facts) return null;
  if (chosenReading(facts, choice) !== null) return "chosen";
  return file.questions.length > 0 || saysNothing(choice) ? "open" : "settled";
}

/** The files that ask first, where there are many they are few. */
export function askingFirst(asked: Asked, files: readonly FileFacts[]): FileFacts[] {
  const asks = (file: FileFacts) => asked[file.file] !== undefined;
  return [...files.filter(asks), ...files.filter((file) => !asks(file))];
}

/** How many files still ask, of those that are not left aside. */
export function unchecked(asked: Asked, files: readonly FileFacts[], choices: readonly FileChoice[]): number {
  return files.filter((file) => {
    const choice = choiceOf(choices, file.file);
    return !choice.skip && answerOf(asked, file, choice) === "open";
  }).length;
}
