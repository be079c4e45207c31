import { describe, expect, it } from "vitest";
import type { RecordKind, Touched } from "./bindings";
import { isOutOfDate } from "./queries";

function touched(...parts: [RecordKind, string | null][]): Touched {
  return { everything: false, parts: parts.map(([kind, table]) => ({ kind, table })) };
}

describe("what is asked for again", () => {
  const ofA = ["table", { table: "/a" }];
  const ofB = ["table", { table: "/b" }];
  const list = ["tables", { text: "" }];
  const preview = ["sample_preview", { table: "/a" }];
  const ledger = ["ledger", null];

  it.each([
    ["a table's disposition", touched(["table", "/a"]), [ofA, list]],
    ["a mapping over two tables", touched(["mapping", "/a"], ["mapping", "/b"]), [ofA, ofB, list]],
    ["how a column is treated", touched(["privacy", "/a"]), [ofA, preview]],
    ["a module", touched(["module", null]), [ofA, ofB, list]],
    ["a component", touched(["component", null]), []],
    ["nothing", touched(), []],
    ["another snapshot", { everything: true, parts: [] }, [ofA, ofB, list, preview, ledger]],
  ])("%s", (_, edit, expected) => {
    const all = [ofA, ofB, list, preview, ledger, ["jobs", null], ["project", null]];
    expect(all.filter((key) => isOutOfDate(key, edit))).toEqual(expected);
  });
});
