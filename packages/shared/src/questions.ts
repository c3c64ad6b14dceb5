import * as z from "zod/mini";
import type { FieldIssue } from "./errors.ts";
import { type Localized, line } from "./text.ts";

export const QUESTION_KINDS = ["text", "choice", "multiple", "number", "date", "yes_no"] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export const MAX_QUESTIONS = 30;
export const MIN_OPTIONS = 2;
export const MAX_OPTIONS = 50;

const MAX_KEY = 12;
/** Short and made by the editor: answers are kept under it, whatever the label becomes. */
const Key = z.string().check(z.maxLength(MAX_KEY), z.regex(/^[a-z0-9]{1,12}$/));
const Label = z.strictObject({ ja: z._default(line(200), ""), en: z._default(line(200), "") });

export const Question = z.strictObject({
  id: Key,
  kind: z.enum(QUESTION_KINDS),
  label: Label,
  required: z._default(z.boolean(), false),
  options: z._default(
    z.array(z.strictObject({ id: Key, label: Label })).check(z.maxLength(MAX_OPTIONS)),
    [],
  ),
  /** Asked only of who chose this option, or said this, at an earlier question. */
  showIf: z.optional(
    z.nullable(z.strictObject({ questionId: Key, equals: z.union([Key, z.boolean()]) })),
  ),
});
/** Written out: other apps read the contract without the schemas. */
export type Question = {
  id: string;
  kind: QuestionKind;
  label: Localized;
  required: boolean;
  options: { id: string; label: Localized }[];
  showIf?: { questionId: string; equals: string | boolean } | null | undefined;
};

/** What can be wrong with a form that is well written, part by part. */
export const QUESTION_PROBLEMS = [
  "required",
  "duplicate",
  "too_few",
  "not_allowed",
  "not_earlier",
  "not_an_option",
] as const;
export type QuestionProblem = (typeof QUESTION_PROBLEMS)[number];

/** A whole form: what `checkQuestions` finds is refused. */
export const Questions = z.array(Question).check(
  z.maxLength(MAX_QUESTIONS),
  z.check((payload) => {
    for (const { path, code, message } of faultsIn(payload.value)) {
      payload.issues.push({
        code: "custom",
        input: payload.value,
        path,
        message,
        params: { code },
      });
    }
  }),
);

export const MAX_ANSWER = 2_000;
/** Beyond this, sums of a sheet are no longer exact. */
export const MAX_NUMBER = 1_000_000_000_000;

const Answer = z.union([
  z.string().check(z.maxLength(MAX_ANSWER)),
  z.number().check(z.gte(-MAX_NUMBER), z.lte(MAX_NUMBER)),
  z.boolean(),
  z.array(Key).check(z.maxLength(MAX_OPTIONS)),
]);
export type Answer = string | number | boolean | string[];

export const Answers = z
  .record(Key, Answer)
  .check(
    z.refine((answers) => Object.keys(answers).length <= MAX_QUESTIONS, {
      error: `at most ${MAX_QUESTIONS} answers`,
    }),
  )
  // The same bound for who reads the schema as JSON.
  .register(z.globalRegistry, { maxProperties: MAX_QUESTIONS });
/** By question: a text, an option, options, a number, a date (YYYY-MM-DD) or yes and no. */
export type Answers = Record<string, Answer>;

export function hasOptions(kind: QuestionKind): boolean {
  return kind === "choice" || kind === "multiple";
}

/** Whether what is asked later may depend on the answer. */
export function canDecide(kind: QuestionKind): boolean {
  return hasOptions(kind) || kind === "yes_no";
}

/** What is wrong with a form as a whole, at the field that can be corrected; nothing if people can be asked it. */
export function checkQuestions(questions: readonly Question[]): FieldIssue[] {
  return faultsIn(questions).map(({ path, code, message }) => ({
    path: ["questions", ...path].join("."),
    code,
    message,
  }));
}

type Fault = { path: (string | number)[]; code: QuestionProblem; message: string };

/** Who depends only on what was asked before depends on nothing in a circle. */
function faultsIn(questions: readonly Question[]): Fault[] {
  const before = new Map<string, Question>();
  return questions.flatMap((question, index) => {
    const faults = [
      ...(before.has(question.id) ? [duplicate("id")] : []),
      ...labelFaults(question.label),
      ...optionFaults(question),
      ...conditionFaults(question, before),
    ];
    before.set(question.id, question);
    return faults.map((fault) => ({ ...fault, path: [index, ...fault.path] }));
  });
}

function labelFaults(label: Question["label"]): Fault[] {
  if (label.ja !== "" || label.en !== "") return [];
  const message = "a text in Japanese or English is needed";
  return [{ path: ["label"], code: "required", message }];
}

function optionFaults({ kind, options }: Question): Fault[] {
  if (!hasOptions(kind)) {
    if (options.length === 0) return [];
    return [{ path: ["options"], code: "not_allowed", message: `${kind} has no options` }];
  }
  const few = options.length < MIN_OPTIONS;
  const known = new Set<string>();
  const each = options.flatMap((option, index) => {
    const faults = [
      ...(known.has(option.id) ? [duplicate("id")] : []),
      ...labelFaults(option.label),
    ];
    known.add(option.id);
    return faults.map((fault) => ({ ...fault, path: ["options", index, ...fault.path] }));
  });
  return few
    ? [{ path: ["options"], code: "too_few", message: `at least ${MIN_OPTIONS} options` }, ...each]
    : each;
}

function conditionFaults({ showIf }: Question, before: Map<string, Question>): Fault[] {
  if (!showIf) return [];
  const asked = before.get(showIf.questionId);
  if (asked === undefined || !canDecide(asked.kind)) {
    const message = "must be an earlier question with options, or yes and no";
    return [{ path: ["showIf", "questionId"], code: "not_earlier", message }];
  }
  const { equals } = showIf;
  const isPossible =
    asked.kind === "yes_no"
      ? typeof equals === "boolean"
      : asked.options.some(({ id }) => id === equals);
  if (isPossible) return [];
  const message = "no such answer to that question";
  return [{ path: ["showIf", "equals"], code: "not_an_option", message }];
}

function duplicate(field: string): Fault {
  return { path: [field], code: "duplicate", message: "used by another one already" };
}
