import { shownQuestions } from "@tsudoi/shared/answers.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import { useId, useState } from "react";
import { useTexts } from "#web/texts/texts.tsx";
import { type AnswerDraft, toAnswers, typedAt } from "./answer-draft.ts";
import { type AnswerProblems, problemWords } from "./answer-problems.ts";
import { QuestionField } from "./question-field.tsx";
import "./question-fields.css";

type Props = {
  questions: readonly Question[];
  value: AnswerDraft;
  onChange: (value: AnswerDraft) => void;
  issues: AnswerProblems;
  /** Begins the ids of the questions, for whoever leads to one. */
  id?: string;
};

/** What is asked so far. What an answer brings up appears below it, and is said once. */
export function QuestionFields({ questions, value, onChange, issues, id: given }: Props) {
  const { texts } = useTexts();
  const own = useId();
  const id = given ?? own;
  const [appeared, setAppeared] = useState(0);
  const shown = shownQuestions(questions, toAnswers(questions, value));

  function answer(questionId: string, typed: string | string[]): void {
    const next = { ...value, [questionId]: typed };
    const more = shownQuestions(questions, toAnswers(questions, next)).length - shown.length;
    setAppeared(Math.max(0, more));
    onChange(next);
  }
  return (
    <div className="question-fields">
      {shown.map((question) => {
        const problem = issues.get(question.id);
        return (
          <div key={question.id} id={questionPlace(id, question.id)} className="question">
            <QuestionField
              question={question}
              name={`${id}-${question.id}`}
              typed={typedAt(value, question.id)}
              onChange={(typed) => answer(question.id, typed)}
              error={problem && problemWords(problem, question, texts)}
            />
          </div>
        );
      })}
      <p className="visually-hidden" role="status">
        {appeared > 0 && texts.questions.appeared(appeared)}
      </p>
    </div>
  );
}

export function questionPlace(form: string, questionId: string): string {
  return `${form}-${questionId}-place`;
}
