import { expect, test } from "vitest";
import { choiceOf, isAdjustable, nothingSaid, saysNothing, saysTheSame, withChoice } from "./choice";

test("a choice takes the place of the file's former, and one that says nothing goes", () => {
  const comma = { ...nothingSaid("a.csv"), delimiter: "," };
  const pipe = { ...nothingSaid("a.csv"), delimiter: "|" };
  const other = { ...nothingSaid("b.csv"), header: false };
  const said = withChoice(withChoice(withChoice([], comma), other), pipe);
  expect(said).toEqual([other, pipe]);
  expect(choiceOf(said, "a.csv").delimiter).toBe("|");
  expect(withChoice(said, nothingSaid("a.csv"))).toEqual([other]);
  expect(choiceOf(said, "c.csv")).toEqual(nothingSaid("c.csv"));
});

test("blank and false are said, only null is not", () => {
  for (const part of [
    { quote: "" },
    { comment: "" },
    { null: "" },
    { header: false },
    { crlf_only: false },
    { blanks_around_quotes: false },
    { unnamed: "last" as const },
    { skip_lines: 0 },
  ]) {
    expect(saysNothing({ ...nothingSaid("a.csv"), ...part }), JSON.stringify(part)).toBe(false);
  }
  expect(saysNothing(nothingSaid("a.csv"))).toBe(true);
});

test("the order in which a choice was written does not matter", () => {
  const written = Object.fromEntries(Object.entries(nothingSaid("a.csv")).reverse());
  expect(saysTheSame(written as ReturnType<typeof nothingSaid>, nothingSaid("a.csv"))).toBe(true);
  expect(saysTheSame({ ...nothingSaid("a.csv"), null: "\\N" }, nothingSaid("a.csv"))).toBe(false);
});

test("what is recognised by its looks can be said otherwise", () => {
  const facts = {
    file: "a",
    kind: "SQL dump",
    bytes: 1,
    encoding: null,
    dialect: null,
    questions: [],
    readings: [],
    ignored_why: null,
    needs_password: false,
  };
  expect(isAdjustable(facts)).toBe(false);
  expect(isAdjustable({ ...facts, kind: "spreadsheet" })).toBe(true);
  expect(isAdjustable({ ...facts, kind: "delimited text", dialect: "delimiter comma" })).toBe(true);
});
