import { expect, test } from "vitest";
import { found } from "./found";

const names = ["ohm.EMPLOYEE", "ohm.PAST_EMPLOYER", "ohm.REEMPLOYED", "Undo"];
const look = (query: string, most = 10) => found(names, query, (name) => name, most);

test("names that begin with the word come before names that hold it", () => {
  expect(look("empl")).toEqual(["ohm.EMPLOYEE", "ohm.PAST_EMPLOYER", "ohm.REEMPLOYED"]);
  expect(look("reempl")).toEqual(["ohm.REEMPLOYED"]);
});

test("every word must be there, in any order", () => {
  expect(look("employer past")).toEqual(["ohm.PAST_EMPLOYER"]);
  expect(look("undo employer")).toEqual([]);
});

test("no words: everything, up to the limit", () => {
  expect(look("  ")).toEqual(names);
  expect(look("", 2)).toHaveLength(2);
});
