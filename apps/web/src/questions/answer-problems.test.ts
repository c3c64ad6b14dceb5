import { checkAnswers } from "@tsudoi/shared/answers.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import { expect, test } from "vitest";
import { answerProblems, areElsewhere, withoutChanged } from "./answer-problems.ts";

const label = { ja: "質問", en: "Question" };
const questions: Question[] = [
  { id: "note", kind: "text", label, required: true, options: [] },
  { id: "guests", kind: "number", label, required: false, options: [] },
];
const issue = (path: string, code: string) => ({ path, code, message: "" });

test("what the rules refuse is told at its question", () => {
  const checked = checkAnswers(questions, { guests: Number.NaN, gone: "x" });
  const problems = answerProblems("issues" in checked ? checked.issues : []);
  expect([...problems]).toEqual([
    ["gone", "unknown"],
    ["note", "required"],
    ["guests", "wrong_type"],
  ]);
  expect(areElsewhere(problems, questions)).toBe(true);
  problems.forEach((_, id) => {
    expect(withoutChanged(problems, { [id]: "" }, { [id]: "x" }).has(id)).toBe(false);
  });
});

test("a code of the edge is a problem of the answer all the same, and what is no answer is none", () => {
  const problems = answerProblems([
    issue("answers.days.0", "invalid_format"),
    issue("answers.days.1", "required"),
    issue("answers", "custom"),
    issue("eventId", "invalid_type"),
  ]);
  expect([...problems]).toEqual([["days", "wrong_type"]]);
});

test("a problem stays until its own answer changes", () => {
  const problems = answerProblems([
    issue("answers.note", "required"),
    issue("answers.guests", "out_of_range"),
  ]);
  const before = { guests: "9" };
  const left = withoutChanged(problems, before, { ...before, note: "x" });
  expect([...left.keys()]).toEqual(["guests"]);
  expect(areElsewhere(left, questions)).toBe(false);
});
