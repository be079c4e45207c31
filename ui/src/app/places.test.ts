import { expect, test } from "vitest";
import { hasDetails } from "./places";

test("the panel stands only where something can be selected", () => {
  expect(hasDetails({ place: "tables" }, true)).toBe(true);
  expect(hasDetails({ place: "tables" }, false)).toBe(false);
  expect(hasDetails({ place: "tables", part: "modules" }, false)).toBe(true);
  expect(hasDetails({ place: "snapshot" }, true)).toBe(true);
  expect(hasDetails({ place: "snapshot", part: "rejects" }, true)).toBe(true);
  expect(hasDetails({ place: "snapshot", part: "misfits" }, true)).toBe(false);
  expect(hasDetails({ place: "samples", table: "/t", part: "preview" }, true)).toBe(false);
  expect(hasDetails({ place: "export" }, true)).toBe(false);
  expect(hasDetails({ place: "quality" }, true)).toBe(false);
  expect(hasDetails({ place: "find" }, true)).toBe(false);
});
