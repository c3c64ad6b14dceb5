import type { FieldIssue } from "@tsudoi/shared/errors.ts";
import { type Question, Questions } from "@tsudoi/shared/questions.ts";
import { expect, test } from "vitest";
import {
  brokenConditions,
  type QuestionProblems,
  questionProblems,
  withoutChangedQuestions,
} from "./question-problems.ts";

const label = { ja: "質問", en: "Question" };
const none = { ja: "", en: "" };
const aQuestion = (id: string, given: Partial<Question> = {}): Question => ({
  id,
  kind: "text",
  label,
  required: false,
  options: [],
  ...given,
});
const option = (id: string, text = label) => ({ id, label: text });

/** As the API tells it. */
function judge(questions: Question[]): QuestionProblems {
  const { error } = Questions.safeParse(questions);
  const issues = (error?.issues ?? []).map((issue): FieldIssue => {
    const own: unknown = issue.code === "custom" ? issue.params?.code : undefined;
    const path = ["questions", ...issue.path].join(".");
    return { path, code: typeof own === "string" ? own : issue.code, message: issue.message };
  });
  return questionProblems(questions, issues);
}

const told = (problems: QuestionProblems) =>
  Object.fromEntries([...problems].map(([id, fields]) => [id, Object.fromEntries(fields)]));

test.each<[string, Question[], unknown]>([
  ["nothing", [aQuestion("a")], {}],
  [
    "no text",
    [aQuestion("a"), aQuestion("b", { label: none })],
    { b: { ja: "labelNeeded", en: "labelNeeded" } },
  ],
  [
    "a long text",
    [aQuestion("a", { label: { ja: "", en: "x".repeat(201) } })],
    { a: { en: "labelLong" } },
  ],
  [
    "a sign nobody sees",
    [aQuestion("a", { label: { ja: "a\u0007b", en: "" } })],
    { a: { ja: "signs" } },
  ],
  [
    "one option",
    [aQuestion("a", { kind: "choice", options: [option("x")] })],
    { a: { options: "optionsFew" } },
  ],
  [
    "options without a text, and a long one",
    [
      aQuestion("a", {
        kind: "multiple",
        options: [option("x", none), option("y", { ja: "x".repeat(201), en: "" })],
      }),
    ],
    {
      a: {
        "option.x.ja": "optionNeeded",
        "option.x.en": "optionNeeded",
        "option.y.ja": "optionLong",
      },
    },
  ],
  [
    "an option without a text",
    [aQuestion("a", { kind: "multiple", options: [option("x", none), option("y")] })],
    { a: { "option.x.ja": "optionNeeded", "option.x.en": "optionNeeded" } },
  ],
  [
    "a condition on what comes later",
    [aQuestion("a", { showIf: { questionId: "b", equals: true } }), aQuestion("b")],
    { a: { showIf: "notEarlier" } },
  ],
  [
    "a condition on no answer",
    [
      aQuestion("a", { kind: "yes_no" }),
      aQuestion("b", { showIf: { questionId: "a", equals: "x" } }),
    ],
    { b: { showIf: "notAnAnswer" } },
  ],
])("%s is told where it can be corrected, and there only", (_what, questions, expected) => {
  expect(told(judge(questions))).toEqual(expected);
});

test("problems of other fields, and of questions that are not there, are none of these", () => {
  const issue = (path: string) => ({ path, code: "custom", message: "" });
  const issues = [issue("title"), issue("questions"), issue("questions.7.label")];
  expect(told(questionProblems([aQuestion("a")], issues))).toEqual({});
});

test("a problem is gone from the question that changed, and stays with one that moved", () => {
  const [a, b] = [aQuestion("a", { label: none }), aQuestion("b", { label: none })];
  const problems = judge([a, b]);
  expect([...problems.keys()]).toEqual(["a", "b"]);
  expect([...withoutChangedQuestions(problems, [a, b], [b, a]).keys()]).toEqual(["a", "b"]);
  expect([...withoutChangedQuestions(problems, [a, b], [a, { ...b, label }]).keys()]).toEqual([
    "a",
  ]);
  expect([...withoutChangedQuestions(problems, [a, b], [b]).keys()]).toEqual(["b"]);
});

test("a condition that a move has broken is told before anything is sent", () => {
  const decider = aQuestion("a", { kind: "yes_no" });
  const dependent = aQuestion("b", { showIf: { questionId: "a", equals: true }, label: none });
  expect(told(brokenConditions([decider, dependent]))).toEqual({});
  expect(told(brokenConditions([dependent, decider]))).toEqual({ b: { showIf: "notEarlier" } });
  expect(told(brokenConditions([dependent]))).toEqual({ b: { showIf: "notEarlier" } });
});
