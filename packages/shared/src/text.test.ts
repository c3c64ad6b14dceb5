import { describe, expect, test } from "vitest";
import { line, localized, paragraph, searchable } from "./text.ts";

describe("shared/text", () => {
  test("one language stands in for the other where it is missing", () => {
    expect(localized({ ja: "集い", en: "" }, "en")).toEqual({ text: "集い", lang: "ja" });
    expect(localized({ ja: "集い", en: "Gathering" }, "en")).toEqual({
      text: "Gathering",
      lang: "en",
    });
    expect(localized({ ja: "", en: "" }, "ja")).toEqual({ text: "", lang: "ja" });
  });

  test("a line is trimmed and composed before it is measured", () => {
    expect(line(2).parse("  か\u3099か\u3099 ")).toBe("がが");
    expect(line(2).safeParse("ががが").success).toBe(false);
    expect(line(5, 1).safeParse(" \u3000 ").success).toBe(false);
  });

  test.each([
    ["NUL", "a\u0000b"],
    ["a line break", "a\nb"],
    ["a carriage return, which starts a header", "a\rBcc: b"],
    ["an escape, which starts a colour", "a\u001b[31m"],
    ["a C1 control", "a\u0085b"],
    ["a line separator", "a\u2028b"],
    ["half of a character", "a\ud800b"],
  ])("a line has no %s", (_what, text) => {
    expect(line(100).safeParse(text).success).toBe(false);
  });

  test("a paragraph has lines and tabs, and nothing else unprintable", () => {
    expect(paragraph(100).parse("一行\r\n\ttwo\u2028three")).toBe("一行\r\n\ttwo\u2028three");
    for (const sign of ["\u0000", "\u000b", "\u001b", "\u0085", "\udc00"]) {
      expect(paragraph(100).safeParse(`a${sign}b`).success).toBe(false);
    }
  });

  test.each([
    "\u202a",
    "\u202b",
    "\u202c",
    "\u202d",
    "\u202e",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
  ])("what turns the direction of writing is left out: %j", (sign) => {
    expect(line(4).parse(`${sign} a${sign}bcd ${sign}`)).toBe("abcd");
    expect(paragraph(4).parse(`${sign}a\n${sign}bc`)).toBe("a\nbc");
    expect(line(9, 1).safeParse(sign).success).toBe(false);
  });

  test("a language that is written from the right keeps its own marks", () => {
    expect(line(20).parse("שלום\u200f (2)")).toBe("שלום\u200f (2)");
  });

  test("characters outside the first plane are whole characters", () => {
    expect(line(10).parse("👨‍👩‍👧 𠮷")).toBe("👨‍👩‍👧 𠮷");
  });

  test("texts compare without width, case, composition and double spaces", () => {
    expect(searchable("ﾊﾟﾌｫｰﾏﾝｽ")).toBe(searchable("パフォーマンス"));
    expect(searchable(" ＴＥＡＭ　　Lunch ")).toBe("team lunch");
    expect(searchable("か\u3099")).toBe("が");
  });
});
