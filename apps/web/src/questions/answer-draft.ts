import { type Answer, type Answers, MAX_NUMBER, type Question } from "@tsudoi/shared/questions.ts";

/** Answers as they are given in a form: by question a text, or what is ticked. */
export type AnswerDraft = Readonly<Record<string, string | string[]>>;

/** What a form says so far. Numbers are read as people write them; what is none becomes none. */
export function toAnswers(questions: readonly Question[], draft: AnswerDraft): Answers {
  const given = new Map(Object.entries(draft));
  return Object.fromEntries(
    questions.flatMap((question) => {
      const typed = given.get(question.id);
      const answer = typed === undefined ? undefined : toAnswer(question, typed);
      return answer === undefined ? [] : [[question.id, answer]];
    }),
  );
}

/** Answers that were kept, as far as they still are answers to these questions. */
export function draftOf(questions: readonly Question[], answers: Answers): AnswerDraft {
  const given = new Map(Object.entries(answers));
  return Object.fromEntries(
    questions.flatMap((question) => {
      const answer = given.get(question.id);
      const typed = answer === undefined ? undefined : toTyped(question, answer);
      return typed === undefined ? [] : [[question.id, typed]];
    }),
  );
}

/** What is ticked or typed at one question. */
export function typedAt(draft: AnswerDraft, id: string): string | string[] | undefined {
  return Object.hasOwn(draft, id) ? draft[id] : undefined;
}

function toAnswer({ kind }: Question, typed: string | string[]): Answer | undefined {
  if (Array.isArray(typed)) return typed.length === 0 ? undefined : typed;
  if (typed.trim() === "") return undefined;
  if (kind === "number") return toNumber(typed);
  return kind === "yes_no" ? typed === "yes" : typed;
}

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** １０ and −3 are numbers too; 1,5 may be two of them. */
function toNumber(typed: string): number {
  const plain = typed.normalize("NFKC").trim().replace("−", "-");
  return NUMBER.test(plain) ? Number(plain) : Number.NaN;
}

function toTyped({ kind, options }: Question, answer: Answer): string | string[] | undefined {
  const isOption = (id: string) => options.some((option) => option.id === id);
  switch (kind) {
    case "yes_no":
      if (typeof answer !== "boolean") return undefined;
      return answer ? "yes" : "no";
    case "number":
      return typeof answer === "number" && Math.abs(answer) <= MAX_NUMBER
        ? String(answer)
        : undefined;
    case "multiple":
      return Array.isArray(answer) ? answer.filter(isOption) : undefined;
    case "choice":
      return typeof answer === "string" && isOption(answer) ? answer : undefined;
    case "text":
    case "date":
      return typeof answer === "string" ? answer : undefined;
  }
}
