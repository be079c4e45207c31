// What a person says of how a file is read, where the recognition is not to decide.

import type { FileChoice, FileFacts } from "../ipc/bindings";

export function nothingSaid(file: string): FileChoice {
  return {
    file,
    exact: true,
    treat_as: null,
    skip: false,
    encoding: null,
    delimiter: null,
    quote: null,
    escape: null,
    header: null,
    skip_lines: null,
    comment: null,
    null: null,
    crlf_only: null,
    blanks_around_quotes: null,
    unnamed: null,
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
  return saysTheSame(choice, nothingSaid(choice.file));
}

/** Whether two choices decide the same; whoever wrote them had an order of their own. */
export function saysTheSame(one: FileChoice, other: FileChoice): boolean {
  const names = Object.keys(nothingSaid("")) as (keyof FileChoice)[];
  return names.every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}

/** Recognised by their looks, and so a person may know better. */
export function isAdjustable(facts: FileFacts): boolean {
  return facts.dialect !== null || facts.kind === "spreadsheet";
}
