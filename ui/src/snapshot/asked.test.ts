import { expect, test } from "vitest";
import type { FileChoice, FileFacts, ReadingFacts } from "../ipc/bindings";
import { answerOf, askedOf, askingFirst, choiceFor, chosenReading, unchecked } from "./asked";
import { nothingSaid, withChoice } from "./choice";

function reading(file: string, delimiter: string): ReadingFacts {
  const choice = { ...nothingSaid(file), delimiter, header: true };
  return {
    dialect: `delimiter ${delimiter}`,
    encoding: "UTF-8",
    score: 0.9,
    reasons: [],
    choice,
    columns: [],
    rows: [],
  };
}

function facts(file: string, questions: string[] = []): FileFacts {
  return {
    file,
    kind: "delimited text",
    bytes: 1,
    encoding: "UTF-8",
    dialect: "delimiter ;",
    questions,
    readings: [reading(file, ";"), reading(file, "|")],
    ignored_why: null,
    needs_password: false,
  };
}

const asking = facts("a.csv", ["read divided by ;"]);
const plain = facts("b.csv");
const [first, second] = asking.readings as [ReadingFacts, ReadingFacts];
const chosen = choiceFor(second, nothingSaid("a.csv"));

test("a file asks until one of its readings is chosen, also the one that is taken anyway", () => {
  const asked = askedOf({}, [plain, asking], []);
  expect(Object.keys(asked)).toEqual(["a.csv"]);
  expect(answerOf(asked, asking, nothingSaid("a.csv"))).toBe("open");
  expect(answerOf(asked, plain, nothingSaid("b.csv"))).toBe(null);
  for (const [at, one] of [first, second].entries()) {
    const choice = choiceFor(one, nothingSaid("a.csv"));
    expect(chosenReading(asking, choice)).toBe(at);
    expect(answerOf(asked, asking, choice)).toBe("chosen");
  }
});

test("what was chosen is not asked again, whatever the next look says, and the other reading stays to be had", () => {
  const before = askedOf({}, [asking], []);
  const again = { ...asking, questions: ["the header has 3 names"], readings: [second] };
  const after = askedOf(before, [again], [chosen]);
  expect(after["a.csv"]).toBe(asking);
  expect(answerOf(after, again, chosen)).toBe("chosen");
  expect(unchecked(after, [again], [chosen])).toBe(0);
});

test("a file that is told by hand how to be read asks for as long as the engine does", () => {
  const byHand: FileChoice = { ...nothingSaid("a.csv"), header: false };
  const still = { ...asking, questions: ["read divided by comma"], readings: [second, first] };
  const before = askedOf({}, [asking], []);
  const after = askedOf(before, [still], [byHand]);
  expect(after["a.csv"]).toBe(still);
  expect(answerOf(after, still, byHand)).toBe("open");
  const quiet = { ...asking, questions: [] };
  expect(answerOf(askedOf(after, [quiet], [byHand]), quiet, byHand)).toBe("settled");
  expect(answerOf(after, quiet, nothingSaid("a.csv")), "what was said is taken back").toBe("open");
});

test("what a file is taken for stays when a reading is chosen", () => {
  const before: FileChoice = { ...nothingSaid("a.csv"), treat_as: "delimited", delimiter: "~" };
  const choice = choiceFor(second, before);
  expect(choice).toMatchObject({ treat_as: "delimited", delimiter: "|" });
  expect(chosenReading(asking, choice)).toBe(1);
  expect(withChoice([before], choice)).toEqual([choice]);
});

test("files that ask come first, and those left aside are not counted", () => {
  const last = facts("z.csv", ["read as windows-1252"]);
  const files = [asking, plain, last];
  const asked = askedOf({}, files, []);
  expect(askingFirst(asked, [plain, last, asking]).map(({ file }) => file)).toEqual(["z.csv", "a.csv", "b.csv"]);
  expect(unchecked(asked, files, [])).toBe(2);
  expect(unchecked(asked, files, [{ ...nothingSaid("z.csv"), skip: true }])).toBe(1);
});
