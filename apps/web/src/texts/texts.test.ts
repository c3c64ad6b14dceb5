import { REASONS } from "@tsudoi/shared/errors.ts";
import { MAX_EVENT_DAYS } from "@tsudoi/shared/events.ts";
import { isEastAsian } from "@tsudoi/shared/script.ts";
import { describe, expect, test } from "vitest";
import { en as enFirst } from "./en.ts";
import { attend as enAttend } from "./en-attend.ts";
import { links as enLinks } from "./en-links.ts";
import { ja as jaFirst } from "./ja.ts";
import { attend as jaAttend } from "./ja-attend.ts";
import { links as jaLinks } from "./ja-links.ts";
import { MANAGE } from "./manage.ts";

/** Those that come later are texts too. */
const ja = { ...jaFirst, attend: jaAttend, links: jaLinks, manage: MANAGE.ja };
const en = { ...enFirst, attend: enAttend, links: enLinks, manage: MANAGE.en };

type Leaf = [path: string, value: unknown];

test("both languages have the same texts", () => {
  expect(leaves(en).map(([path]) => path)).toEqual(leaves(ja).map(([path]) => path));
});

describe.each([
  ["ja", ja],
  ["en", en],
])("%s", (_name, texts) => {
  test("no text is empty", () => {
    expect(leaves(texts).filter(([, value]) => value === "")).toEqual([]);
  });

  test("no text shouts", () => {
    const loud = leaves(texts).filter(([, value]) => /[!!]/.test(String(value)));
    expect(loud.filter(([, value]) => typeof value === "string")).toEqual([]);
  });

  test("every refusal says what happened and what to do next", () => {
    for (const reason of REASONS) {
      expect(texts.refusals[reason].title).toMatch(/[。.]$/);
      expect(texts.refusals[reason].next).toMatch(/[。.]$/);
    }
  });
});

test("Japanese sentences are in です・ます", () => {
  const sentences = leaves(ja).flatMap(([path, value]) =>
    typeof value === "string" && path !== ".app.tagline"
      ? value.split(/(?<=。)/).filter((part) => part.endsWith("。"))
      : [],
  );
  const polite = /(?:です|ます|ません|ました|でした|ください)(?:（[^）]*）)?。$/;
  expect(sentences.filter((sentence) => !polite.test(sentence))).toEqual([]);
});

describe("Japanese texts are set in Japanese signs, Latin apart by a space", () => {
  const amiss =
    /[()]|: |[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}][a-z0-9]|[a-z0-9][\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/iu;

  test("all of them", () => {
    const written = leaves(ja).filter(([, value]) => typeof value === "string");
    expect(written.filter(([, value]) => amiss.test(String(value)))).toEqual([]);
  });

  test.each(["姓(60 文字)", "空欄: なし", "8文字", "IDで", "申込のID"])("%s is seen", (text) => {
    expect(text).toMatch(amiss);
  });
});

test("English texts are without contractions", () => {
  expect(leaves(en).filter(([, value]) => /n't\b|'(?:re|ll|ve)\b/.test(String(value)))).toEqual([]);
});

test("English texts are in English", () => {
  const foreign = leaves(en).filter(([, value]) => isEastAsian(String(value)));
  expect(foreign).toEqual([]);
});

test("numbers and plurals follow the language", () => {
  expect(en.events.seatsLeft(1)).toBe("1 seat left");
  expect(en.events.seatsLeft(1_200)).toBe("1,200 seats left");
  expect(ja.events.seatsLeft(1_200)).toBe("残り 1,200 席");
});

test.each([
  [1, "You can try again in about 1 second.", "約 1 秒後に試せます。"],
  [89, "You can try again in about 89 seconds.", "約 89 秒後に試せます。"],
  [90, "You can try again in about 2 minutes.", "約 2 分後に試せます。"],
  [900, "You can try again in about 15 minutes.", "約 15 分後に試せます。"],
  [3_599, "You can try again in about an hour.", "約 1 時間後に試せます。"],
  [39_600, "You can try again in about 11 hours.", "約 11 時間後に試せます。"],
])("%i seconds are told in the unit one thinks in", (seconds, english, japanese) => {
  expect(en.shell.retryIn(seconds)).toBe(english);
  expect(ja.shell.retryIn(seconds)).toBe(japanese);
});

test("the longest event is the one that the API takes", () => {
  for (const texts of [ja, en]) {
    expect(texts.manage.organize.problems.endFar).toContain(` ${MAX_EVENT_DAYS} `);
  }
});

test("nothing is told by its colour alone", () => {
  for (const texts of [ja, en]) {
    expect(JSON.stringify(leaves(texts))).not.toMatch(/\bred\b|赤/);
  }
});

function leaves(value: unknown, path = ""): Leaf[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}
