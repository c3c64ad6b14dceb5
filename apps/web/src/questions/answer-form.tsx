import { shownQuestions } from "@tsudoi/shared/answers.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import { type FormEvent, useEffect, useId, useRef } from "react";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { toAnswers } from "./answer-draft.ts";
import { areElsewhere, problemWords } from "./answer-problems.ts";
import { QuestionFields, questionPlace } from "./question-fields.tsx";
import type { AnswerState } from "./use-answers.ts";
import "./answer-form.css";

type Props = {
  /** Of the form, for the button that sends it from outside. */
  id: string;
  questions: readonly Question[];
  answers: AnswerState;
  onSubmit: () => void;
};

/** The questions as a form. What is wrong is listed above it, each with the way there, and takes the focus. */
export function AnswerForm({ id, questions, answers, onSubmit }: Props) {
  const fields = useId();
  function submit(event: FormEvent): void {
    event.preventDefault();
    onSubmit();
  }
  return (
    <form id={id} className="answer-form" onSubmit={submit} noValidate>
      <Wrong fields={fields} questions={questions} answers={answers} />
      <QuestionFields
        id={fields}
        questions={questions}
        value={answers.draft}
        onChange={answers.change}
        issues={answers.problems}
      />
    </form>
  );
}

type WrongProps = { fields: string; questions: readonly Question[]; answers: AnswerState };

function Wrong({ fields, questions, answers: { draft, problems, refusals } }: WrongProps) {
  const { texts } = useTexts();
  const t = texts.questions;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusals > 0) place.current?.focus();
  }, [refusals]);
  if (problems.size === 0) return null;
  const shown = shownQuestions(questions, toAnswers(questions, draft));
  const wrong = shown.filter(({ id }) => problems.has(id));
  return (
    <div ref={place} tabIndex={-1} className="answers-wrong">
      {areElsewhere(problems, shown) && (
        <Notice tone="warn" title={t.changedTitle} live>
          {t.changedNext}
        </Notice>
      )}
      {wrong.length > 0 && (
        <Notice tone="bad" title={t.wrong(wrong.length)} live>
          <ul>
            {wrong.map((question) => (
              <li key={question.id}>
                <button
                  type="button"
                  className="text-link"
                  onClick={() => leadTo(questionPlace(fields, question.id))}
                >
                  <Localized text={question.label} />
                </button>
                <span>
                  {" "}
                  {problemWords(problems.get(question.id) ?? "required", question, texts)}
                </span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

function leadTo(place: string): void {
  document.getElementById(place)?.querySelector<HTMLElement>("input, textarea, select")?.focus();
}
