import { checkQuestions, Question } from "@tsudoi/shared/questions.ts";
import { expect, test } from "vitest";
import {
  answerOf,
  conditionOn,
  decidersBefore,
  moved,
  newOption,
  newQuestion,
  withKind,
} from "./question-changes.ts";

const label = { ja: "質問", en: "Question" };
const aQuestion = (given: Partial<Question> = {}) => ({ ...newQuestion(), label, ...given });

test("a new question is one that the API would take once it has a text", () => {
  const question = newQuestion();
  expect(Question.parse(question)).toEqual(question);
  expect(checkQuestions([aQuestion()])).toEqual([]);
  const keys = new Set(Array.from({ length: 1_000 }, () => newQuestion().id));
  expect(keys.size).toBe(1_000);
});

test("options come with the kinds that have some, go with the others, and come back", () => {
  const text = aQuestion();
  const choice = withKind(text, "choice", []);
  expect(choice.options).toHaveLength(2);
  const options = [newOption(), newOption(), newOption()];
  const multiple = withKind({ ...choice, options }, "multiple", []);
  expect(multiple.options).toBe(options);
  const date = withKind(multiple, "date", []);
  expect(date.options).toEqual([]);
  expect(withKind(date, "choice", options).options).toBe(options);
});

test("a move takes one and leaves the others in their order", () => {
  expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  expect(moved(["a"], 5, 0)).toEqual(["a"]);
});

test("a condition on whatever can decide is one that the rules take", () => {
  const options = ["fish", "meat"].map((id) => ({ id, label }));
  const form = [
    aQuestion({ id: "free" }),
    aQuestion({ id: "joins", kind: "yes_no" }),
    aQuestion({ id: "dish", kind: "choice", options }),
    aQuestion({ id: "days", kind: "multiple", options }),
  ];
  const deciders = decidersBefore(form, form.length);
  expect(deciders.map(({ id }) => id)).toEqual(["joins", "dish", "days"]);
  expect(decidersBefore(form, 1)).toEqual([]);
  for (const decider of deciders) {
    const showIf = conditionOn(decider);
    expect(checkQuestions([...form, aQuestion({ id: "last", showIf })])).toEqual([]);
    expect(conditionOn(decider, answerOf(showIf))).toEqual(showIf);
  }
  expect(conditionOn(form[1]!, "no")).toEqual({ questionId: "joins", equals: false });
  expect(conditionOn(form[2]!, "meat")).toEqual({ questionId: "dish", equals: "meat" });
});
