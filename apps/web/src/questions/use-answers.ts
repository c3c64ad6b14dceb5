import { checkAnswers } from "@tsudoi/shared/answers.ts";
import type { FieldIssue } from "@tsudoi/shared/errors.ts";
import type { Answers, Question } from "@tsudoi/shared/questions.ts";
import { useState } from "react";
import { type AnswerDraft, toAnswers } from "./answer-draft.ts";
import { type AnswerProblems, answerProblems, withoutChanged } from "./answer-problems.ts";

type Start = {
  questions: readonly Question[];
  start: AnswerDraft;
  /** Hears of every change. */
  onChange?: (draft: AnswerDraft) => void;
};

export type AnswerState = ReturnType<typeof useAnswers>;

/** A form's answers on their way: typed, checked by the API's own rules, and judged by it. */
export function useAnswers({ questions, start, onChange }: Start) {
  const [draft, setDraft] = useState(start);
  const [problems, setProblems] = useState<AnswerProblems>(new Map());
  const [refusals, setRefusals] = useState(0);
  function refuse(issues: readonly FieldIssue[]): void {
    setProblems(answerProblems(issues));
    setRefusals((before) => before + 1);
  }
  return {
    draft,
    problems,
    /** Counts how often the reader has to be led to what is wrong. */
    refusals,
    refuse,
    change(next: AnswerDraft): void {
      setDraft(next);
      setProblems((before) => withoutChanged(before, draft, next));
      onChange?.(next);
    },
    /** The answers as they are sent, or none while something is wrong with them. */
    check(): Answers | undefined {
      const checked = checkAnswers(questions, toAnswers(questions, draft));
      refuse("issues" in checked ? checked.issues : []);
      return "issues" in checked ? undefined : checked.answers;
    },
  };
}
