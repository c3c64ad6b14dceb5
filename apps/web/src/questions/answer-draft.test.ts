import { checkAnswers } from "@tsudoi/shared/answers.ts";
import type { Answers, Question } from "@tsudoi/shared/questions.ts";
import { expect, test } from "vitest";
import { draftOf, toAnswers, typedAt } from "./answer-draft.ts";

const label = { ja: "質問", en: "Question" };
const options = ["a", "b"].map((id) => ({ id, label }));
const ask = (id: string, kind: Question["kind"]): Question => ({
  id,
  kind,
  label,
  required: false,
  options: kind === "choice" || kind === "multiple" ? options : [],
});

const questions = [
  ask("note", "text"),
  ask("dish", "choice"),
  ask("days", "multiple"),
  ask("guests", "number"),
  ask("from", "date"),
  ask("joins", "yes_no"),
];

const answers: Answers = {
  note: "一行\n二行",
  dish: "b",
  days: ["a", "b"],
  guests: -2.5,
  from: "2026-11-26",
  joins: false,
};

test("what was answered fills the form in, and is the answer again", () => {
  const draft = draftOf(questions, answers);
  expect(draft).toEqual({ ...answers, guests: "-2.5", joins: "no" });
  expect(toAnswers(questions, draft)).toEqual(answers);
  expect(checkAnswers(questions, toAnswers(questions, draft))).toEqual({ answers });
});

test("what is left empty is no answer", () => {
  const empty = { note: " \n", dish: "", days: [], guests: "", from: "", joins: "" };
  expect(toAnswers(questions, empty)).toEqual({});
  expect(toAnswers(questions, {})).toEqual({});
});

test.each([
  ["12", 12],
  [" １２．５ ", 12.5],
  ["－3", -3],
  ["−3", -3],
  ["+4", 4],
  ["12人", Number.NaN],
  ["1,5", Number.NaN],
  ["1e3", Number.NaN],
  ["0x10", Number.NaN],
])("%s is read as %s", (typed, number) => {
  expect(toAnswers(questions, { guests: typed })).toEqual({ guests: number });
});

test("answers to a question that has changed since do not fill it in", () => {
  const other: Answers = {
    note: 7,
    dish: "gone",
    days: ["gone", "a"],
    guests: "many",
    from: true,
    joins: "yes",
    unknown: "x",
  };
  expect(draftOf(questions, other)).toEqual({ days: ["a"] });
});

test("a question may be called like something that every object has", () => {
  const odd = [ask("constructor", "text")];
  expect(typedAt({}, "constructor")).toBeUndefined();
  expect(toAnswers(odd, {})).toEqual({});
  expect(draftOf(odd, {})).toEqual({});
  expect(typedAt({ constructor: "x" }, "constructor")).toBe("x");
});
