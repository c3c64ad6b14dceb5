import { expect, test } from "vitest";
import { findLinks } from "./find-links.ts";

const linksOf = (text: string) => findLinks(text).flatMap(({ href }) => href ?? []);

test.each([
  ["See https://example.test/a.", ["https://example.test/a"]],
  [
    "See https://example.test/a, then https://example.test/b!",
    ["https://example.test/a", "https://example.test/b"],
  ],
  ["(https://example.test/a)", ["https://example.test/a"]],
  ["(see https://example.test/Tea_(drink)).", ["https://example.test/Tea_(drink)"]],
  ["[https://example.test/a]", ["https://example.test/a"]],
  ["“https://example.test/a”", ["https://example.test/a"]],
  ["<https://example.test/a>", ["https://example.test/a"]],
  ["https://example.test/?q=a&b=c#d", ["https://example.test/?q=a&b=c#d"]],
  ["https://[2001:db8::1]/a", ["https://[2001:db8::1]/a"]],
  ["HTTPS://EXAMPLE.TEST", ["HTTPS://EXAMPLE.TEST"]],
  ["資料はhttps://example.test/aにあります。", ["https://example.test/a"]],
  ["資料（https://example.test/a）をご覧ください。", ["https://example.test/a"]],
  [
    "「https://example.test/a」、https://example.test/b。",
    ["https://example.test/a", "https://example.test/b"],
  ],
  ["https://example.test/a　次", ["https://example.test/a"]],
  ["https://example.test/%E9%9B%86%E3%81%84", ["https://example.test/%E9%9B%86%E3%81%84"]],
  ["Write to mailto:ai@example.test?subject=Hi.", ["mailto:ai@example.test?subject=Hi"]],
  ["a\nhttps://example.test/a\nb", ["https://example.test/a"]],
])("%s", (text, links) => {
  expect(linksOf(text)).toEqual(links);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,https",
  "//example.test/a",
  "www.example.test",
  "ai@example.test",
  "xhttps://example.test",
  "https://",
  "https://.",
  "https://:0:0",
  "mailto:nobody",
  "mailto:",
  "",
])("nothing leads anywhere in: %s", (text) => {
  expect(linksOf(text)).toEqual([]);
});

test("nothing is lost or added, whatever is written", () => {
  for (const text of [
    "a https://example.test/a. b (mailto:a@example.test), https:// c",
    '<a href="https://example.test/">x</a>',
    "https://example.test/a",
    "",
  ]) {
    expect(
      findLinks(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  }
});

test("a long text of nothing but brackets and dots is read in one go", () => {
  const text = `https://example.test/${")".repeat(50_000)}${".".repeat(50_000)}`;
  expect(linksOf(text)).toEqual(["https://example.test/"]);
});
