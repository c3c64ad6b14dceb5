import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attachment } from "./attachment.ts";

const PLAIN = { plain: "registrations", type: "csv" };

/** The name as a browser takes it from the header. */
function nameIn(header: string): string {
  return decodeURIComponent(/filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/.exec(header)?.[1] ?? "");
}

describe("attachment", () => {
  test.each([
    ["全社集会 申込一覧 2026-11-20", "全社集会 申込一覧 2026-11-20.csv"],
    ["Q&A: どう?/なぜ*", "Q&A どう なぜ.csv"],
    ['"; filename="evil.exe', "; filename= evil.exe.csv"],
    ["../..\\etc\r\nset-cookie: a=b", "etc set-cookie a=b.csv"],
    ["it's (100%)*", "it's (100%).csv"],
    ["half \ud83d", "half.csv"],
    ["???", "registrations.csv"],
    ["長".repeat(100), `${"長".repeat(70)}.csv`],
  ])("%j is kept as %j", (name, kept) => {
    expect(nameIn(attachment(name, PLAIN))).toBe(kept);
  });

  test("any name makes one header of plain signs, and a file name of at most 255 bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (name) => {
        const header = attachment(name, PLAIN);
        expect(header).toMatch(
          /^attachment; filename="registrations\.csv"; filename\*=UTF-8''[!-~]+$/,
        );
        expect(nameIn(header)).toMatch(/^[^\\/:*?"<>|\p{Cc}]+\.csv$/u);
        expect(Buffer.byteLength(nameIn(header))).toBeLessThanOrEqual(255 + ".csv".length);
      }),
    );
  });
});
