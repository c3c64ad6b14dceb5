import { ANSWER_PROBLEMS, type AnswerProblem } from "@tsudoi/shared/answers.ts";
import type { FieldIssue } from "@tsudoi/shared/errors.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import type { Texts } from "#web/texts/texts.tsx";
import { type AnswerDraft, typedAt } from "./answer-draft.ts";

/** What is wrong, by question. */
export type AnswerProblems = ReadonlyMap<string, AnswerProblem>;

const PATH = /^answers\.([a-z0-9]+)/;

/** Refused answers by their questions, the first problem of each. */
export function answerProblems(issues: readonly FieldIssue[]): AnswerProblems {
  const found = new Map<string, AnswerProblem>();
  for (const { path, code } of issues) {
    const id = PATH.exec(path)?.[1];
    if (id === undefined || found.has(id)) continue;
    found.set(id, ANSWER_PROBLEMS.find((known) => known === code) ?? "wrong_type");
  }
  return found;
}

/** The problems that a change of the form leaves to be looked at. */
export function withoutChanged(
  problems: AnswerProblems,
  before: AnswerDraft,
  after: AnswerDraft,
): AnswerProblems {
  return new Map([...problems].filter(([id]) => typedAt(before, id) === typedAt(after, id)));
}

/** Problems at questions that the reader does not see: the form is another one by now. */
export function areElsewhere(problems: AnswerProblems, shown: readonly Question[]): boolean {
  return [...problems.keys()].some((id) => !shown.some((question) => question.id === id));
}

export function problemWords(problem: AnswerProblem, { kind }: Question, texts: Texts): string {
  const t = texts.questions.problems;
  return problem === "wrong_type" && kind === "number" ? t.not_a_number : t[problem];
}
