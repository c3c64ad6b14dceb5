import { useQueryClient } from "@tanstack/react-query";
import type { Event } from "@tsudoi/shared/events.ts";
import type { Answers } from "@tsudoi/shared/questions.ts";
import { useEffect, useId, useRef } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { draftOf } from "#web/questions/answer-draft.ts";
import { AnswerForm } from "#web/questions/answer-form.tsx";
import { useAnswers } from "#web/questions/use-answers.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { useIntention } from "#web/use-intention.ts";
import "./change-answers.css";

type Props = {
  event: Event;
  registrationId: string;
  /** As they were given. */
  answers: Answers;
  save: string;
  onSaved: () => unknown;
  onStop: () => void;
};

/** The answers of one registration as a form: one's own, or another's for whoever looks after the event. */
export function ChangeAnswers({ event, registrationId, answers: given, ...props }: Props) {
  const { texts } = useTexts();
  const id = useId();
  const { questions } = event;
  const answers = useAnswers({ questions, start: draftOf(questions, given) });
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.querySelector<HTMLElement>("input, textarea, select")?.focus();
  }, []);
  const update = useUpdate({
    eventId: event.id,
    registrationId,
    onSaved: props.onSaved,
    onRefusal: (error) => answers.refuse(toProblem(error).issues ?? []),
  });
  function submit(): void {
    const checked = answers.check();
    if (checked) update.mutate(checked);
  }
  const isToldAtFields = answers.problems.size > 0;
  return (
    <div ref={place} className="change-answers">
      <AnswerForm id={id} questions={questions} answers={answers} onSubmit={submit} />
      {update.isError && !isToldAtFields && <ProblemNotice error={update.error} />}
      <Button type="submit" form={id} wide isPending={update.isPending}>
        {props.save}
      </Button>
      <Button tone="ghost" size="small" wide onPress={props.onStop}>
        {texts.questions.stop}
      </Button>
    </div>
  );
}

type Update = {
  eventId: string;
  registrationId: string;
  onSaved: () => unknown;
  onRefusal: (error: unknown) => void;
};

function useUpdate({ eventId, registrationId, onSaved, onRefusal }: Update) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useIntention({
    send: (answers: Answers, options) =>
      client.registrations.update.mutate({ registrationId, answers }, options),
    onAnswer: onSaved,
    onRefusal: (error) => {
      void queryClient.invalidateQueries({ queryKey: trpc.events.get.queryKey({ eventId }) });
      onRefusal(error);
    },
  });
}
