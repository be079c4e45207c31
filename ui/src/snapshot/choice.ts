// What a person says of how a file is read, where the recognition is not to decide.

import type { FileChoice, FileFacts } from "../ipc/bindings";

export function nothingSaid(file: string): FileChoice {
  return {
    file,
    treat_as: null,
    skip: false,
    encoding: null,
    delimiter: null,
    quote: null,
    escape: null,
    header: null,
    skip_lines: null,
    sheets: [],
  };
}

export function choiceOf(choices: readonly FileChoice[], file: string): FileChoice {
  return choices.find((choice) => choice.file === file) ?? nothingSaid(file);
}

/** The choices with this one in the place of the file's former; one that says nothing is left out. */
export function withChoice(choices: readonly FileChoice[], choice: FileChoice): FileChoice[] {
  const others = choices.filter((other) => other.file !== choice.file);
  return saysNothing(choice) ? others : [...others, choice];
}

export function saysNothing(choice: FileChoice): boolean {
  return JSON.stringify(choice) === JSON.stringify(nothingSaid(choice.file));
}

/** Recognised by their looks, and so a person may know better. */
export function isAdjustable(facts: FileFacts): boolean {
  return facts.dialect !== null || facts.kind === "spreadsheet";
}
