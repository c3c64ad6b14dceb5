import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sheetName } from "./xlsx-parts.ts";
import { columnName } from "./xlsx-sheet.ts";

describe("platform/xlsx-parts", () => {
  test.each([
    ["新入社員研修", 1, "新入社員研修"],
    ["Q&A: 2026/11 [draft]*?", 1, "Q&A 2026 11 draft"],
    ["'Quoted'", 1, "Quoted"],
    ["History", 1, "Sheet"],
    ["?*", 2, "Sheet (2)"],
    ["A title that is longer than thirty-one", 1, "A title that is longer than thi"],
    ["A title that is longer than thirty-one", 12, "A title that is longer tha (12)"],
    [`${"長".repeat(30)}😀`, 1, "長".repeat(30)],
  ])("%j, sheet %i, is called %j", (title, number, name) => {
    expect(sheetName(title, number)).toBe(name);
  });

  test("any title makes a name that Excel takes", async () => {
    const title = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(..."[]:*?/\\' \tHistoryあ\ud83d"), maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(title, fc.integer({ min: 1, max: 999 }), async (text, number) => {
        const name = sheetName(text, number);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(31);
        expect(name).not.toMatch(/[[\]:*?/\\]|^'|'$|^history$|\p{Cc}|\p{Cs}/iu);
      }),
    );
  });

  test("columns are counted in letters", () => {
    expect([0, 25, 26, 51, 52, 701, 702, 16_383].map(columnName)).toEqual([
      "A",
      "Z",
      "AA",
      "AZ",
      "BA",
      "ZZ",
      "AAA",
      "XFD",
    ]);
  });
});
