import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellText, clockIn } from "./table.ts";

describe("platform/table", () => {
  test("a text keeps its signs and lines, and loses what no format can carry", () => {
    expect(cellText("一行目\r\n二行目\r三行目\n\tend")).toBe("一行目\n二行目\n三行目\n\tend");
    expect(cellText("a\u0000b\u001bc\u0085d\ufffee\uffff")).toBe("abcde");
    expect(cellText("half \ud83d of 😀")).toBe("half \ufffd of 😀");
  });

  test("a text that was made fit stays as it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        expect(cellText(cellText(text))).toBe(cellText(text));
      }),
    );
  });

  test.each([
    ["Asia/Tokyo", "2026-11-26T06:00:00Z", "2026-11-26 15:00:00"],
    ["Asia/Tokyo", "2026-12-31T15:00:00Z", "2027-01-01 00:00:00"],
    ["Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-29 01:59:59"],
    ["Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29 03:00:00"],
    ["America/New_York", "2026-11-01T05:30:00Z", "2026-11-01 01:30:00"],
    ["America/New_York", "2026-11-01T06:30:00Z", "2026-11-01 01:30:00"],
    ["Asia/Kathmandu", "0999-01-01T00:00:00Z", "0999-01-01 05:41:16"],
  ])("a clock in %s at %s shows %s", (zone, instant, shown) => {
    expect(clockIn(zone)(new Date(instant))).toBe(shown);
  });
});
