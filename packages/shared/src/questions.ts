import * as z from "zod/mini";
import { line } from "./text.ts";

export const QUESTION_KINDS = ["text", "choice", "multiple", "number", "date", "yes_no"] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export const MAX_QUESTIONS = 30;
export const MAX_OPTIONS = 50;

/** Short and made by the editor: answers are kept under it, whatever the label becomes. */
const Key = z.string().check(z.regex(/^[a-z0-9]{1,12}$/));
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
export type Question = z.infer<typeof Question>;

export const Questions = z.array(Question).check(z.maxLength(MAX_QUESTIONS));

export const MAX_ANSWER = 2_000;
const Answer = z.union([
  z.string().check(z.maxLength(MAX_ANSWER)),
  z.number(),
  z.boolean(),
  z.array(Key).check(z.maxLength(MAX_OPTIONS)),
]);
export const Answers = z.record(Key, Answer).check(
  z.refine((answers) => Object.keys(answers).length <= MAX_QUESTIONS, {
    error: `at most ${MAX_QUESTIONS} answers`,
  }),
);
/** By question: a text, an option, options, a number, a date (YYYY-MM-DD) or yes and no. */
export type Answers = z.infer<typeof Answers>;
