import { expect, test } from "vitest";
import { formatMoment, zoneIfOther } from "./format.ts";
import { readerZone } from "./zoned.ts";

const noon = "2026-11-25T12:00:00.000Z";
const elsewhere = readerZone() === "Asia/Tokyo" ? "Pacific/Auckland" : "Asia/Tokyo";

test("a moment on the reader's own clock carries no zone", () => {
  expect(zoneIfOther(noon, readerZone(), "en")).toBe("");
  expect(formatMoment(noon, readerZone(), "en")).toMatch(/^(Wed 25|Thu 26) Nov, \d\d:\d\d$/);
});

test("a moment on another clock says whose it is", () => {
  expect(zoneIfOther(noon, elsewhere, "en")).toMatch(/^ \S+/);
  expect(formatMoment(noon, elsewhere, "ja")).toMatch(/^11月2[56]日\(.\) \d+:\d\d \S+$/);
});
