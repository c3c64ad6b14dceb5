import { describe, expect, test } from "vitest";
import {
  Answers,
  checkQuestions,
  MAX_ANSWER,
  MAX_NUMBER,
  MAX_OPTIONS,
  MAX_QUESTIONS,
  Question,
  Questions,
} from "./questions.ts";

const label = { ja: "", en: "Lunch?" };
const option = (id: string, text = id) => ({ id, label: { ja: "", en: text } });
const two = [option("meat"), option("fish")];

const asked = (given: Partial<Question>): Question => ({
  id: "q1",
  kind: "text",
  label,
  required: false,
  options: [],
  ...given,
});
const yesNo = asked({ id: "join", kind: "yes_no" });
const choice = asked({ id: "dish", kind: "choice", options: two });
const multiple = asked({ id: "days", kind: "multiple", options: two });

const onlyIf = (questionId: string, equals: string | boolean) => ({
  showIf: { questionId, equals },
});

const told = (questions: Question[]) =>
  checkQuestions(questions).map(({ path, code }) => `${path} ${code}`);

describe("shared/questions", () => {
  test("a form of every kind, with conditions on every kind that can decide, is in order", () => {
    const form = [
      yesNo,
      choice,
      multiple,
      asked({ id: "free", required: true, ...onlyIf("join", true) }),
      asked({ id: "many", kind: "number", ...onlyIf("dish", "fish") }),
      asked({ id: "when", kind: "date", ...onlyIf("days", "meat") }),
      asked({ id: "last", showIf: null, label: { ja: "最後に", en: "" } }),
    ];
    expect(checkQuestions(form)).toEqual([]);
    expect(Questions.parse(form)).toEqual(form);
    expect(checkQuestions([])).toEqual([]);
  });

  test.each<[string, Question[], string[]]>([
    ["an id twice", [yesNo, asked({ id: "join" })], ["questions.1.id duplicate"]],
    [
      "no text in any language",
      [asked({ label: { ja: "", en: "" } })],
      ["questions.0.label required"],
    ],
    [
      "a choice of one",
      [asked({ kind: "choice", options: [option("a")] })],
      ["questions.0.options too_few"],
    ],
    ["several of none", [asked({ kind: "multiple" })], ["questions.0.options too_few"]],
    [
      "options for a text",
      [asked({ kind: "text", options: two })],
      ["questions.0.options not_allowed"],
    ],
    ["options for yes and no", [{ ...yesNo, options: two }], ["questions.0.options not_allowed"]],
    [
      "an option's id twice",
      [asked({ kind: "choice", options: [...two, option("meat")] })],
      ["questions.0.options.2.id duplicate"],
    ],
    [
      "an option without a text",
      [asked({ kind: "choice", options: [...two, option("none", "")] })],
      ["questions.0.options.2.label required"],
    ],
    [
      "a condition on itself",
      [{ ...yesNo, ...onlyIf("join", true) }],
      ["questions.0.showIf.questionId not_earlier"],
    ],
    [
      "a circle",
      [
        { ...yesNo, id: "a", ...onlyIf("b", true) },
        { ...yesNo, id: "b", ...onlyIf("a", true) },
      ],
      ["questions.0.showIf.questionId not_earlier"],
    ],
    [
      "a condition on what is asked later",
      [asked({ id: "a", ...onlyIf("join", true) }), yesNo],
      ["questions.0.showIf.questionId not_earlier"],
    ],
    [
      "a condition on a question that is not there",
      [asked({ ...onlyIf("gone", true) })],
      ["questions.0.showIf.questionId not_earlier"],
    ],
    [
      "a condition on a text",
      [asked({ id: "a" }), asked({ id: "b", ...onlyIf("a", "yes") })],
      ["questions.1.showIf.questionId not_earlier"],
    ],
    [
      "an option that is not there",
      [choice, asked({ ...onlyIf("dish", "soup") })],
      ["questions.1.showIf.equals not_an_option"],
    ],
    [
      "yes to a choice",
      [choice, asked({ ...onlyIf("dish", true) })],
      ["questions.1.showIf.equals not_an_option"],
    ],
    [
      "an option of yes and no",
      [yesNo, asked({ ...onlyIf("join", "true") })],
      ["questions.1.showIf.equals not_an_option"],
    ],
    [
      "several things at once",
      [asked({ kind: "choice", label: { ja: "", en: "" }, ...onlyIf("gone", true) })],
      [
        "questions.0.label required",
        "questions.0.options too_few",
        "questions.0.showIf.questionId not_earlier",
      ],
    ],
  ])("%s is refused", (_what, questions, expected) => {
    expect(told(questions)).toEqual(expected);
    const parsed = Questions.safeParse(questions);
    const found = parsed.error?.issues.map((issue) =>
      issue.code === "custom"
        ? `${["questions", ...issue.path].join(".")} ${issue.params?.code}`
        : issue.code,
    );
    expect(found).toEqual(expected);
  });

  test("the refusal names a question, an option and a code, never what was written", () => {
    const secret = asked({ kind: "choice", label: { ja: "", en: "who is ill" }, options: [] });
    expect(JSON.stringify(checkQuestions([secret]))).not.toContain("who is ill");
  });

  test("a form has an end", () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => asked({ id: `q${index}` }));
    expect(Questions.safeParse(many(MAX_QUESTIONS)).success).toBe(true);
    expect(Questions.safeParse(many(MAX_QUESTIONS + 1)).success).toBe(false);
    const options = Array.from({ length: MAX_OPTIONS + 1 }, (_, index) => option(`o${index}`));
    expect(Question.safeParse({ ...choice, options }).success).toBe(false);
    expect(Question.safeParse({ ...choice, options: options.slice(1) }).success).toBe(true);
    for (const id of ["", "A", "a-b", "__proto__", "x".repeat(13)]) {
      expect(Question.safeParse(asked({ id })).success).toBe(false);
    }
  });

  test("answers have an end", () => {
    const fits = (answers: unknown) => Answers.safeParse(answers).success;
    expect(fits({ a: "x".repeat(MAX_ANSWER), b: MAX_NUMBER, c: false, d: ["x"] })).toBe(true);
    expect(fits({ a: "x".repeat(MAX_ANSWER + 1) })).toBe(false);
    for (const answer of [MAX_NUMBER + 1, Number.NaN, Infinity, null, {}, [1], ["A"]]) {
      expect(fits({ a: answer })).toBe(false);
    }
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`q${index}`, true]));
    expect(fits(many(MAX_QUESTIONS))).toBe(true);
    expect(fits(many(MAX_QUESTIONS + 1))).toBe(false);
    expect(fits({ "not a key": true })).toBe(false);
  });
});
