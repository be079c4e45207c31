import { expect, test } from "vitest";
import { sumOf } from "./sum";

test("what the files hold adds up, and nothing adds up to nothing", () => {
  const tables = [
    { read: 10, loaded: 9, rejected: 1 },
    { read: 5, loaded: 5, rejected: 0 },
  ];
  expect(sumOf(tables)).toEqual({ read: 15, loaded: 14, rejected: 1 });
  expect(sumOf([])).toEqual({ read: 0, loaded: 0, rejected: 0 });
});
