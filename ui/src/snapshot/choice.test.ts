import { expect, test } from "vitest";
import { choiceOf, isAdjustable, nothingSaid, withChoice } from "./choice";

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

test("what is recognised by its looks can be said otherwise", () => {
  const facts = {
    file: "a",
    kind: "SQL dump",
    bytes: 1,
    encoding: null,
    dialect: null,
    ignored_why: null,
    needs_password: false,
  };
  expect(isAdjustable(facts)).toBe(false);
  expect(isAdjustable({ ...facts, kind: "spreadsheet" })).toBe(true);
  expect(isAdjustable({ ...facts, kind: "delimited text", dialect: "delimiter comma" })).toBe(true);
});
