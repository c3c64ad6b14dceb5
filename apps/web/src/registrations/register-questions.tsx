import type { Event } from "@tsudoi/shared/events.ts";
import type { Answers } from "@tsudoi/shared/questions.ts";
import { useEffect, useRef } from "react";
import { toProblem } from "#web/problems/problem.ts";
import { AnswerForm } from "#web/questions/answer-form.tsx";
import { keepAnswers, keptAnswers } from "#web/questions/kept-answers.ts";
import { useAnswers } from "#web/questions/use-answers.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import "./register-questions.css";

type Props = {
  /** Of the form, for the button that registers. */
  id: string;
  event: Event;
  owner: string;
  /** What the last try to register was told. */
  refusal: unknown;
  onAnswered: (answers: Answers) => void;
  onLater: () => void;
};

/** What the event asks of those who register; what is typed stays until they do. */
export function RegisterQuestions({ id, event, owner, refusal, onAnswered, onLater }: Props) {
  const { texts } = useTexts();
  const t = texts.questions;
  const place = { owner, eventId: event.id };
  const answers = useAnswers({
    questions: event.questions,
    start: keptAnswers(place) ?? {},
    onChange: (draft) => keepAnswers(place, draft),
  });
  const heading = useRef<HTMLHeadingElement>(null);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    // The focus alone would show the heading and none of its questions.
    section.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const refuse = useRef(answers.refuse);
  useEffect(() => {
    refuse.current = answers.refuse;
  });
  useEffect(() => {
    const { issues } = toProblem(refusal);
    if (refusal !== null && issues) refuse.current(issues);
  }, [refusal]);

  function submit(): void {
    const checked = answers.check();
    if (checked) onAnswered(checked);
  }
  return (
    <section ref={section} className="register-questions" aria-labelledby={`${id}-title`}>
      <div>
        <h2 ref={heading} id={`${id}-title`} tabIndex={-1}>
          {t.title}
        </h2>
        <p className="faint">{t.lead}</p>
      </div>
      <AnswerForm id={id} questions={event.questions} answers={answers} onSubmit={submit} />
      <p className="faint">{t.kept}</p>
      <Button tone="ghost" size="small" onPress={onLater}>
        {t.notNow}
      </Button>
    </section>
  );
}
