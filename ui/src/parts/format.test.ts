import { expect, test } from "vitest";
import { KEYS } from "../ipc/bindings";
import {
  apart,
  bytes,
  columnName,
  count,
  counted,
  duration,
  fileName,
  keyName,
  middle,
  percent,
  share,
  tableOf,
} from "./format";

test("counts carry separators and their noun", () => {
  expect(count(1234567)).toBe("1,234,567");
  expect(counted(1, "row")).toBe("1 row");
  expect(counted(12408, "row")).toBe("12,408 rows");
  expect(counted(2, "entry", "entries")).toBe("2 entries");
});

test("bytes keep at most three digits", () => {
  expect(bytes(0)).toBe("0 B");
  expect(bytes(999)).toBe("999 B");
  expect(bytes(1000)).toBe("1.0 kB");
  expect(bytes(12_345_678)).toBe("12.3 MB");
  expect(bytes(999_960)).toBe("1.0 MB");
});

test("a percentage says 0 and 100 only where it is so", () => {
  expect(percent(0)).toBe("0 %");
  expect(percent(0.2)).toBe("<1 %");
  expect(percent(99.7)).toBe(">99 %");
  expect(percent(100)).toBe("100 %");
  expect(percent(45.4)).toBe("45 %");
  expect(share(1, 0)).toBe(0);
});

test("durations", () => {
  expect(duration(0.3)).toBe("under 1 s");
  expect(duration(59.6)).toBe("1 min 0 s");
  expect(duration(75)).toBe("1 min 15 s");
  expect(duration(7260)).toBe("2 h 1 min");
});

test("long values are cut in the middle, by characters", () => {
  expect(middle("abcdef", 6)).toBe("abcdef");
  expect(middle("abcdefgh", 5)).toBe("ab…gh");
  expect(middle("😀😀😀😀", 3)).toBe("😀…😀");
});

test("names out of keys and paths", () => {
  expect(keyName("/EMPLOYEE")).toBe("EMPLOYEE");
  expect(keyName("ohm/EMPLOYEE/LAST%2FFIRST")).toBe("ohm.EMPLOYEE.LAST/FIRST");
  expect(apart("ohm/A%2FB")).toEqual(["ohm", "A/B"]);
  expect(apart("/EMPLOYEE")).toEqual(["", "EMPLOYEE"]);
  expect(tableOf("ohm/EMPLOYEE/NAME")).toBe("ohm/EMPLOYEE");
  expect(columnName("/T/50%25")).toBe("50%");
  expect(fileName("C:\\x\\dump.sql")).toBe("dump.sql");
});

test.each(KEYS)("$named is read from its key as the engine writes it", ({ database, table, column, key, named }) => {
  expect(apart(tableOf(key))).toEqual([database, table]);
  expect(columnName(key)).toBe(column);
  expect(keyName(key)).toBe(named);
});
