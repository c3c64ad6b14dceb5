import type { FieldIssue } from "./errors.ts";
import { type Answer, type Answers, MAX_ANSWER, MAX_NUMBER, type Question } from "./questions.ts";
import { isPrintable, tidy } from "./text.ts";

export const ANSWER_PROBLEMS = [
  "required",
  "unknown",
  "wrong_type",
  "too_long",
  "unprintable",
  "out_of_range",
  "not_a_date",
  "not_an_option",
  "duplicate",
] as const;
export type AnswerProblem = (typeof ANSWER_PROBLEMS)[number];

/** The questions that a person is asked who has answered so far as given, in their order. */
export function shownQuestions(questions: readonly Question[], answers: Answers): Question[] {
  const given = new Map(Object.entries(answers));
  const heard = new Map<string, Answer | undefined>();
  return questions.filter((question) => {
    if (!isAsked(question, heard)) return false;
    heard.set(question.id, given.get(question.id));
    return true;
  });
}

/**
 * The answers as they are kept: those to questions that were asked, each of its kind. Or what is wrong with
 * them, in no word of theirs.
 */
export function checkAnswers(
  questions: readonly Question[],
  answers: Answers,
): { answers: Answers } | { issues: FieldIssue[] } {
  const given = new Map(Object.entries(answers));
  const kept = new Map<string, Answer>();
  const asked = new Set(questions.map(({ id }) => id));
  const issues = [...given.keys()].filter((id) => !asked.has(id)).map((id) => issue(id, "unknown"));
  for (const question of questions) {
    if (!isAsked(question, kept)) continue;
    const checked = checkAnswer(question, given.get(question.id));
    if ("problem" in checked) issues.push(issue(question.id, checked.problem));
    else if (checked.answer !== undefined) kept.set(question.id, checked.answer);
  }
  return issues.length > 0 ? { issues } : { answers: Object.fromEntries(kept) };
}

/** Until when people may change their answers. */
export function answersEnd<Instant>(event: {
  answersUntil: Instant | null;
  registrationClosesAt: Instant;
}): Instant {
  return event.answersUntil ?? event.registrationClosesAt;
}

/** What was not asked was not answered, so that nothing can depend on it. */
function isAsked({ showIf }: Question, heard: Map<string, Answer | undefined>): boolean {
  if (!showIf) return true;
  const said = heard.get(showIf.questionId);
  return Array.isArray(said)
    ? said.some((option) => option === showIf.equals)
    : said === showIf.equals;
}

type Checked = { answer: Answer | undefined } | { problem: AnswerProblem };

function checkAnswer(question: Question, given: Answer | undefined): Checked {
  const checked = given === undefined ? { answer: undefined } : checkKind(question, given);
  const isMissing = "answer" in checked && checked.answer === undefined;
  return isMissing && question.required ? { problem: "required" } : checked;
}

function checkKind(question: Question, given: Answer): Checked {
  switch (question.kind) {
    case "text":
      return typeof given === "string" ? checkText(given) : { problem: "wrong_type" };
    case "number":
      return typeof given === "number" ? checkNumber(given) : { problem: "wrong_type" };
    case "date":
      return typeof given === "string" ? checkDate(given) : { problem: "wrong_type" };
    case "yes_no":
      return typeof given === "boolean" ? { answer: given } : { problem: "wrong_type" };
    case "choice":
      return typeof given === "string" ? checkChoice(question, given) : { problem: "wrong_type" };
    case "multiple":
      return Array.isArray(given) ? checkChoices(question, given) : { problem: "wrong_type" };
  }
}

function checkText(given: string): Checked {
  const text = tidy(given);
  if (text.length > MAX_ANSWER) return { problem: "too_long" };
  if (!isPrintable(text)) return { problem: "unprintable" };
  return { answer: text === "" ? undefined : text };
}

function checkNumber(given: number): Checked {
  if (!Number.isFinite(given)) return { problem: "wrong_type" };
  return Math.abs(given) > MAX_NUMBER ? { problem: "out_of_range" } : { answer: given };
}

function checkDate(given: string): Checked {
  if (given === "") return { answer: undefined };
  return isDate(given) ? { answer: given } : { problem: "not_a_date" };
}

/** A day that is in no month moves on into the next one. ISO-8601 has a year 0, calendars have none. */
function isDate(given: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given) || given.startsWith("0000")) return false;
  const time = Date.parse(`${given}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(given);
}

function checkChoice({ options }: Question, given: string): Checked {
  if (given === "") return { answer: undefined };
  return options.some(({ id }) => id === given) ? { answer: given } : { problem: "not_an_option" };
}

/** In the order of the options: who ticks the same says the same. */
function checkChoices({ options }: Question, given: string[]): Checked {
  const chosen = new Set(given);
  if (chosen.size < given.length) return { problem: "duplicate" };
  const known = options.map(({ id }) => id).filter((id) => chosen.has(id));
  if (known.length < chosen.size) return { problem: "not_an_option" };
  return { answer: known.length === 0 ? undefined : known };
}

const MESSAGES: Record<AnswerProblem, string> = {
  required: "an answer is needed",
  unknown: "this event does not ask this",
  wrong_type: "not the kind of answer that is asked for",
  too_long: `at most ${MAX_ANSWER} characters`,
  unprintable: "control characters are not allowed",
  out_of_range: `from -${MAX_NUMBER} to ${MAX_NUMBER}`,
  not_a_date: "a date of the calendar, as YYYY-MM-DD",
  not_an_option: "not among the options",
  duplicate: "each option once",
};

function issue(id: string, code: AnswerProblem): FieldIssue {
  return { path: `answers.${id}`, code, message: MESSAGES[code] };
}
