import type { Question } from "@tsudoi/shared/questions.ts";
import { missingTexts } from "@tsudoi/shared/translations.ts";
import { expect, test } from "vitest";
import { fieldOf } from "./missing-fields.ts";

const japanese = { ja: "あ", en: "" };
const english = { ja: "", en: "a" };

test("each text that is missing is found at its field in the form", () => {
  const question: Question = {
    id: "meal",
    kind: "choice",
    label: japanese,
    required: false,
    options: [
      { id: "yes", label: { ja: "あ", en: "a" } },
      { id: "no", label: english },
    ],
  };
  const event = { title: english, description: japanese, questions: [question] };
  expect(missingTexts(event).map((text) => fieldOf(event, text))).toEqual([
    { hash: "titleJa", field: "titleJa" },
    { hash: "descriptionEn", field: "descriptionEn" },
    { hash: "question-meal-en", question: 1 },
    { hash: "question-meal-no-ja", question: 1, option: 2 },
  ]);
});
