import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ANSWER_PROBLEMS, checkAnswers, shownQuestions } from "./answers.ts";
import {
  type Answer,
  type Answers,
  canDecide,
  checkQuestions,
  hasOptions,
  MAX_ANSWER,
  MAX_NUMBER,
  QUESTION_KINDS,
  type Question,
} from "./questions.ts";

const label = { ja: "質問", en: "" };
const options = ["a", "b", "c"].map((id) => ({ id, label }));

const asked = (kind: Question["kind"], given: Partial<Question> = {}): Question => ({
  id: "q",
  kind,
  label,
  required: false,
  options: hasOptions(kind) ? options : [],
  ...given,
});

/** What is kept of one answer, or why it is not. */
function said(question: Question, answer?: Answer): unknown {
  const checked = checkAnswers([question], answer === undefined ? {} : { q: answer });
  return "issues" in checked ? checked.issues.map(({ code }) => code) : checked.answers;
}

describe("shared/answers, one by one", () => {
  test.each<[string, Question["kind"], { says: Answer; is: unknown }]>([
    ["a text, trimmed and composed", "text", { says: " か\u3099ん \n", is: { q: "がん" } }],
    ["several lines", "text", { says: "one\n\ttwo", is: { q: "one\n\ttwo" } }],
    ["nothing but spaces", "text", { says: " \u3000\n", is: {} }],
    [
      "the longest text",
      "text",
      { says: ` ${"x".repeat(MAX_ANSWER)}`, is: { q: "x".repeat(MAX_ANSWER) } },
    ],
    ["too long a text", "text", { says: "x".repeat(MAX_ANSWER + 1), is: ["too_long"] }],
    ["a control character", "text", { says: "a\u0000b", is: ["unprintable"] }],
    ["half of a character", "text", { says: "\ud800", is: ["unprintable"] }],
    ["a number for a text", "text", { says: 7, is: ["wrong_type"] }],
    ["a number", "number", { says: -0.5, is: { q: -0.5 } }],
    ["zero, which is a number", "number", { says: 0, is: { q: 0 } }],
    ["the largest number", "number", { says: MAX_NUMBER, is: { q: MAX_NUMBER } }],
    ["a larger one", "number", { says: MAX_NUMBER + 1, is: ["out_of_range"] }],
    ["no number", "number", { says: Number.NaN, is: ["wrong_type"] }],
    ["no end of a number", "number", { says: -Infinity, is: ["wrong_type"] }],
    ["a text for a number", "number", { says: "7", is: ["wrong_type"] }],
    ["a date", "date", { says: "2028-02-29", is: { q: "2028-02-29" } }],
    ["a day that the year has not", "date", { says: "2027-02-29", is: ["not_a_date"] }],
    ["a day that no year has", "date", { says: "2026-04-31", is: ["not_a_date"] }],
    ["a month that no year has", "date", { says: "2026-13-01", is: ["not_a_date"] }],
    ["the zeroth of a month", "date", { says: "2026-04-00", is: ["not_a_date"] }],
    ["the last year of four digits", "date", { says: "9999-12-31", is: { q: "9999-12-31" } }],
    ["a year that was not", "date", { says: "0000-01-01", is: ["not_a_date"] }],
    ["a date with a time", "date", { says: "2026-04-01T00:00:00Z", is: ["not_a_date"] }],
    ["words for a date", "date", { says: "tomorrow", is: ["not_a_date"] }],
    ["an empty date", "date", { says: "", is: {} }],
    ["yes", "yes_no", { says: true, is: { q: true } }],
    ["no, which is an answer", "yes_no", { says: false, is: { q: false } }],
    ["a word for yes", "yes_no", { says: "true", is: ["wrong_type"] }],
    ["an option", "choice", { says: "b", is: { q: "b" } }],
    ["no option", "choice", { says: "", is: {} }],
    ["an option of elsewhere", "choice", { says: "z", is: ["not_an_option"] }],
    ["several where one is asked", "choice", { says: ["a"], is: ["wrong_type"] }],
    ["options, in the order of the form", "multiple", { says: ["c", "a"], is: { q: ["a", "c"] } }],
    ["none of several", "multiple", { says: [], is: {} }],
    ["one of elsewhere among them", "multiple", { says: ["a", "z"], is: ["not_an_option"] }],
    ["one twice", "multiple", { says: ["a", "a"], is: ["duplicate"] }],
    ["one where several are asked", "multiple", { says: "a", is: ["wrong_type"] }],
  ])("%s", (_what, kind, { says, is }) => {
    expect(said(asked(kind), says)).toEqual(is);
    const isEmpty = JSON.stringify(is) === "{}";
    const required = asked(kind, { required: true });
    expect(said(required, says)).toEqual(isEmpty ? ["required"] : is);
  });

  test.each(QUESTION_KINDS)("no answer to %s is one only where it is required", (kind) => {
    expect(said(asked(kind))).toEqual({});
    expect(said(asked(kind, { required: true }))).toEqual(["required"]);
  });

  test("what was not asked for is named, whatever it is called", () => {
    const form = [asked("text")];
    for (const id of ["gone", "constructor", "tostring"]) {
      expect(checkAnswers(form, { [id]: "x" })).toEqual({
        issues: [{ path: `answers.${id}`, code: "unknown", message: expect.any(String) }],
      });
    }
    const odd = [asked("text", { id: "constructor", required: true })];
    expect(checkAnswers(odd, {})).toMatchObject({ issues: [{ code: "required" }] });
    expect(checkAnswers(odd, { constructor: "x" })).toEqual({ answers: { constructor: "x" } });
  });

  test("a chain of conditions ends where an answer changes", () => {
    const form = [
      asked("yes_no", { id: "eats", required: true }),
      asked("choice", { id: "dish", showIf: { questionId: "eats", equals: true } }),
      asked("text", { id: "why", required: true, showIf: { questionId: "dish", equals: "b" } }),
    ];
    const shown = (answers: Answers) => shownQuestions(form, answers).map(({ id }) => id);
    expect(shown({})).toEqual(["eats"]);
    expect(shown({ eats: true })).toEqual(["eats", "dish"]);
    expect(shown({ eats: true, dish: "b" })).toEqual(["eats", "dish", "why"]);
    expect(shown({ eats: false, dish: "b", why: "left over" })).toEqual(["eats"]);
    expect(checkAnswers(form, { eats: false, dish: "b", why: "left over" })).toEqual({
      answers: { eats: false },
    });
    expect(checkAnswers(form, { eats: true, dish: "b" })).toMatchObject({
      issues: [{ path: "answers.why", code: "required" }],
    });
  });

  test("one of several ticked is enough", () => {
    const form = [
      asked("multiple", { id: "days" }),
      asked("text", { id: "note", showIf: { questionId: "days", equals: "c" } }),
    ];
    expect(shownQuestions(form, { days: ["a", "c"] })).toHaveLength(2);
    expect(shownQuestions(form, { days: ["a", "b"] })).toHaveLength(1);
  });
});

type Filled = { questions: Question[]; answers: Answers };
type Check = typeof checkAnswers;

const IDS = ["q0", "q1", "q2", "q3", "q4", "constructor"];

/** Any form that can be asked: conditions on what came before, or none. */
const anyForm: fc.Arbitrary<Question[]> = fc
  .array(
    fc.record({ kind: fc.constantFrom(...QUESTION_KINDS), required: fc.boolean(), pick: fc.nat() }),
    { maxLength: IDS.length },
  )
  .map((drawn) => {
    const form: Question[] = [];
    for (const [index, { kind, required, pick }] of drawn.entries()) {
      const deciders = form.filter((earlier) => canDecide(earlier.kind));
      const decider = deciders[pick % (deciders.length + 1)];
      form.push(asked(kind, { id: IDS[index]!, required, ...conditionOn(decider, pick) }));
    }
    return form;
  });

function conditionOn(decider: Question | undefined, pick: number): Pick<Question, "showIf"> {
  if (decider === undefined) return {};
  const equals = decider.kind === "yes_no" ? pick % 2 === 0 : options[pick % 3]!.id;
  return { showIf: { questionId: decider.id, equals } };
}

const rightAnswer = fc.oneof<fc.Arbitrary<Answer>[]>(
  fc.constantFrom("a", "b", "c", "2026-11-26", " text "),
  fc.boolean(),
  fc.integer(),
  fc.subarray(["c", "b", "a"]),
);
const anyAnswer = fc.oneof(
  { arbitrary: rightAnswer, weight: 5 },
  fc.string({ unit: "binary", maxLength: 5 }),
  fc.double(),
);

const anyFilled: fc.Arbitrary<Filled> = fc.record({
  questions: anyForm,
  answers: fc.dictionary(fc.constantFrom(...IDS), anyAnswer, { maxKeys: IDS.length }),
});

/** What is not right about how a form was checked. */
function faults(check: Check, { questions, answers }: Filled): string[] {
  const checked = check(questions, answers);
  const shown = shownQuestions(questions, answers);
  const given = new Map(Object.entries(answers));
  if ("issues" in checked) {
    const known = new Set<string>(ANSWER_PROBLEMS);
    const places = new Set([...given.keys(), ...shown.map(({ id }) => id)]);
    return checked.issues.flatMap(({ path, code }) => [
      ...(known.has(code) ? [] : [`${code} is no problem that has words`]),
      ...(places.has(path.slice("answers.".length)) ? [] : [`${path} is no place`]),
    ]);
  }
  const kept = new Map(Object.entries(checked.answers));
  const again = check(questions, checked.answers);
  return [
    ...[...kept.keys()]
      .filter((id) => !shown.some((question) => question.id === id))
      .map((id) => `${id} was kept and not asked`),
    ...shown
      .filter(({ id, required }) => required && !kept.has(id))
      .map(({ id }) => `${id} is required and missing`),
    ...[...given.keys()]
      .filter((id) => !questions.some((question) => question.id === id))
      .map((id) => `${id} is unknown and was let pass`),
    ...(JSON.stringify(again) === JSON.stringify(checked) ? [] : ["a second check changes it"]),
    ...(JSON.stringify(shownQuestions(questions, checked.answers)) === JSON.stringify(shown)
      ? []
      : ["what is kept asks for something else"]),
  ];
}

/** Asks everything of everybody. */
const forgetsConditions: Check = (questions, answers) =>
  checkAnswers(
    questions.map(({ showIf: _, ...question }) => question),
    answers,
  );

/** Looks at what was sent, also at what was hidden. */
const trustsTheSender: Check = (questions, answers) => {
  const given = new Map(Object.entries(answers));
  const shown = questions.filter(({ showIf }) => {
    const answer = showIf ? given.get(showIf.questionId) : undefined;
    return !showIf || answer === showIf.equals || (Array.isArray(answer) && answer.length > 0);
  });
  const kept = Object.entries(answers).filter(([id]) => shown.some((each) => each.id === id));
  return checkAnswers(
    shown.map(({ showIf: _, ...question }) => question),
    Object.fromEntries(kept),
  );
};

/** Keeps what is right as it was sent. */
const keepsAll: Check = (questions, answers) => {
  const checked = checkAnswers(questions, answers);
  return "issues" in checked ? checked : { answers };
};

/** Takes what is not there for answered. */
const requiresNothing: Check = (questions, answers) =>
  checkAnswers(
    questions.map((question) => ({ ...question, required: false })),
    answers,
  );

describe("shared/answers, any form", () => {
  const property = (check: Check) =>
    fc.asyncProperty(anyFilled, async (filled) => {
      expect(faults(check, filled)).toEqual([]);
    });

  test("the forms that are tried can be asked", async () => {
    await fc.assert(
      fc.asyncProperty(anyForm, async (form) => {
        expect(checkQuestions(form)).toEqual([]);
      }),
    );
  });

  test("keeps what was asked, all that is required, and nothing else", async () => {
    await fc.assert(property(checkAnswers), { numRuns: 2_000 });
  });

  test.each(Object.entries({ forgetsConditions, trustsTheSender, keepsAll, requiresNothing }))(
    "%s does not pass for right",
    async (_name, mutant) => {
      expect((await fc.check(property(mutant), { numRuns: 2_000 })).failed).toBe(true);
    },
  );
});
