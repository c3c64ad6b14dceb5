import type { FieldIssue } from "@tsudoi/shared/errors.ts";
import { checkQuestions, type Question } from "@tsudoi/shared/questions.ts";
import type { Texts } from "#web/texts/texts.tsx";

export type QuestionWords = keyof Texts["questions"]["builder"]["problems"];

/** What is wrong with a question, by the field that can be corrected: `ja`, `options`, `option.3x7.en`, `showIf`. */
export type FieldProblems = ReadonlyMap<string, QuestionWords>;
/** By question, so that what is moved keeps what is wrong with it. */
export type QuestionProblems = ReadonlyMap<string, FieldProblems>;

export const NO_PROBLEMS: QuestionProblems = new Map();
export const NO_FIELD_PROBLEMS: FieldProblems = new Map();

/** What the API refused of a form, at its questions. */
export function questionProblems(
  questions: readonly Question[],
  issues: readonly FieldIssue[],
): QuestionProblems {
  const found = new Map<string, Map<string, QuestionWords>>();
  for (const { path, code } of issues) {
    const [whole, index, ...rest] = path.split(".");
    const question = whole === "questions" ? questions[Number(index)] : undefined;
    if (question === undefined) continue;
    const fields = found.get(question.id) ?? new Map<string, QuestionWords>();
    for (const [field, words] of problemAt(question, rest, code)) {
      if (!fields.has(field)) fields.set(field, words);
    }
    found.set(question.id, fields);
  }
  return found;
}

type Told = [field: string, words: QuestionWords];

function problemAt(question: Question, [part, ...rest]: string[], code: string): Told[] {
  switch (part) {
    case "label":
      return labelProblem("", rest[0], code).map(([field, words]) => [field, QUESTION[words]]);
    case "options": {
      const option = rest[0] === undefined ? undefined : question.options[Number(rest[0])];
      if (option === undefined) return [["options", code === "too_few" ? "optionsFew" : "other"]];
      return labelProblem(`option.${option.id}.`, rest[2], code).map(([field, words]) => [
        field,
        OPTION[words],
      ]);
    }
    case "showIf":
      return [["showIf", code === "not_an_option" ? "notAnAnswer" : "notEarlier"]];
    default:
      return [["other", "other"]];
  }
}

type LabelProblem = "needed" | "long" | "signs";
const QUESTION = { needed: "labelNeeded", long: "labelLong", signs: "signs" } as const;
const OPTION = { needed: "optionNeeded", long: "optionLong", signs: "signs" } as const;

/** What is missing in both languages is told in both. */
function labelProblem(
  field: string,
  language: string | undefined,
  code: string,
): [string, LabelProblem][] {
  if (language !== undefined) return [[field + language, code === "too_big" ? "long" : "signs"]];
  return [
    [`${field}ja`, "needed"],
    [`${field}en`, "needed"],
  ];
}

/** Conditions break while questions are moved and deleted, and are told at once. */
export function brokenConditions(questions: readonly Question[]): QuestionProblems {
  const broken = checkQuestions(questions).filter(({ path }) => path.split(".")[2] === "showIf");
  return questionProblems(questions, broken);
}

/** The problems that a change leaves to be looked at: those of questions that stayed as they were. */
export function withoutChangedQuestions(
  problems: QuestionProblems,
  before: readonly Question[],
  after: readonly Question[],
): QuestionProblems {
  const stayed = new Set(before.filter((question) => after.includes(question)).map(({ id }) => id));
  return new Map([...problems].filter(([id]) => stayed.has(id)));
}
