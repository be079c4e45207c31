import { expect, test } from "vitest";
import { columnsFrom, narrowedTo, previewOf } from "./spots";

test("coming back from a preview the list is as wide as it was", () => {
  const wide = { place: "samples" };
  const preview = previewOf(wide, "/employee", "/employee/ssn");
  expect(preview).toMatchObject({ part: "preview", table: "/employee", column: "/employee/ssn" });
  expect(columnsFrom(preview).table).toBeUndefined();
  const other = previewOf(preview, "/visits");
  expect(columnsFrom(other).table).toBeUndefined();
  expect(narrowedTo(previewOf({ place: "samples", table: "/visits" }, "/visits"))).toBe("/visits");
});
