import { expect, test } from "vitest";
import { tsv } from "./tsv";

test("cells by tabs, rows by CRLF, and quotes only where a cell would break", () => {
  expect(
    tsv([
      ["EMPLOYEE", "1,204"],
      ["a\tb", 'say "no"\nto it'],
    ]),
  ).toBe('EMPLOYEE\t1,204\r\n"a\tb"\t"say ""no""\nto it"');
  expect(tsv([])).toBe("");
});

test("nothing that is copied is computed", () => {
  expect(tsv([["=HYPERLINK(1)", "@x", "-3", "+1.5", "-x"]])).toBe("'=HYPERLINK(1)\t'@x\t-3\t+1.5\t'-x");
});
