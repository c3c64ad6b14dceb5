import { REASONS } from "@tsudoi/shared/errors.ts";
import { describe, expect, test } from "vitest";
import { en } from "./en.ts";
import { ja } from "./ja.ts";
import { isEastAsian } from "./script.ts";

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
  const polite = /(?:です|ます|ません|ました|でした|ください)(?:\([^)]*\))?。$/;
  expect(sentences.filter((sentence) => !polite.test(sentence))).toEqual([]);
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

function leaves(value: unknown, path = ""): Leaf[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}
