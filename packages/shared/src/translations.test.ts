import { expect, test } from "vitest";
import type { Question } from "./questions.ts";
import { missingTexts, missingTranslations } from "./translations.ts";

const both = { ja: "あ", en: "a" };
const none = { ja: "", en: "" };
const japanese = { ja: "あ", en: "" };
const english = { ja: "", en: "a" };

const asks = (label: Question["label"], ...options: Question["label"][]): Question => ({
  id: "q1",
  kind: options.length > 0 ? "choice" : "text",
  label,
  required: false,
  options: options.map((option, place) => ({ id: `o${place}`, label: option })),
});

test.each([
  [both, none, [], []],
  [both, both, [], []],
  [japanese, none, [], ["title en"]],
  [english, none, [], ["title ja"]],
  [both, japanese, [], ["description en"]],
  [japanese, english, [], ["title en", "description ja"]],
  [both, both, [asks(both), asks(both, both, both)], []],
  [both, both, [asks(both), asks(japanese)], ["questions.1.label en"]],
  [both, none, [asks(both, both, english)], ["questions.0.options.1.label ja"]],
])("title %j, description %j and questions lack what one language has", (...given) => {
  const [title, description, questions, missing] = given;
  const event = { title, description, questions };
  expect(missingTexts(event).map(({ path, locale }) => `${path} ${locale}`)).toEqual(missing);
  const languages = ["ja", "en"].filter((language) =>
    missing.some((text) => text.endsWith(` ${language}`)),
  );
  expect(missingTranslations(event)).toEqual(languages);
});
