import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answersEnd, shownQuestions } from "@tsudoi/shared/answers.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import type { Answers } from "@tsudoi/shared/questions.ts";
import { useEffect, useId, useRef, useState } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { draftOf } from "#web/questions/answer-draft.ts";
import { AnswerForm } from "#web/questions/answer-form.tsx";
import { GivenAnswer } from "#web/questions/given-answer.tsx";
import { useAnswers } from "#web/questions/use-answers.ts";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { useIntention } from "#web/use-intention.ts";
import "#web/ui/card.css";
import "./own-answers.css";

type Props = { event: Event; registrationId: string };

/** What one answered, and the way to change it while there is time. */
export function OwnAnswers({ event, registrationId }: Props) {
  const { texts } = useTexts();
  const t = texts.questions;
  const id = useId();
  const trpc = useTRPC();
  const found = useQuery(trpc.registrations.get.queryOptions({ registrationId }));
  const [state, setState] = useState<"read" | "change" | "saved">("read");
  const answers = found.data?.answers ?? {};
  return (
    <section className="own-answers card" aria-labelledby={id}>
      <h2 id={id}>{t.own}</h2>
      {found.isError && !found.data && (
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.isPending && <Skeleton label={texts.shell.loading} rows={event.questions.length} />}
      {found.data && state === "change" && (
        <ChangeAnswers
          event={event}
          registrationId={registrationId}
          answers={answers}
          onEnd={setState}
        />
      )}
      {found.data && state !== "change" && (
        <>
          {state === "saved" && <Notice tone="ok" title={t.saved} live focus />}
          <Given event={event} answers={answers} />
          <ChangeButton event={event} onPress={() => setState("change")} />
        </>
      )}
    </section>
  );
}

function Given({ event, answers }: { event: Event; answers: Answers }) {
  return (
    <dl>
      {shownQuestions(event.questions, answers).map((question) => (
        <div key={question.id}>
          <dt>
            <Localized text={question.label} />
          </dt>
          <dd>
            <GivenAnswer question={question} answers={answers} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ChangeButton({ event, onPress }: { event: Event; onPress: () => void }) {
  const { locale, texts } = useTexts();
  const t = texts.questions;
  const until = answersEnd(event);
  const isOver = useNow([until]) >= new Date(until);
  if (isOver) return <p className="faint">{t.ended}</p>;
  return (
    <>
      <p className="faint">{t.until(formatMoment(until, { timeZone: event.timeZone, locale }))}</p>
      <Button tone="quiet" size="small" wide onPress={onPress}>
        {t.change}
      </Button>
    </>
  );
}

type ChangeProps = Props & { answers: Answers; onEnd: (state: "read" | "saved") => void };

function ChangeAnswers({ event, registrationId, answers: given, onEnd }: ChangeProps) {
  const { texts } = useTexts();
  const t = texts.questions;
  const id = useId();
  const { questions } = event;
  const answers = useAnswers({ questions, start: draftOf(questions, given) });
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.querySelector<HTMLElement>("input, textarea, select")?.focus();
  }, []);
  const save = useUpdate({
    eventId: event.id,
    registrationId,
    onSaved: () => onEnd("saved"),
    onRefusal: (error) => answers.refuse(toProblem(error).issues ?? []),
  });
  function submit(): void {
    const checked = answers.check();
    if (checked) save.mutate(checked);
  }
  const isToldAtFields = answers.problems.size > 0;
  return (
    <div ref={place} className="change-answers">
      <AnswerForm id={id} questions={questions} answers={answers} onSubmit={submit} />
      {save.isError && !isToldAtFields && <ProblemNotice error={save.error} />}
      <Button type="submit" form={id} wide isPending={save.isPending}>
        {t.save}
      </Button>
      <Button tone="ghost" size="small" wide onPress={() => onEnd("read")}>
        {t.stop}
      </Button>
    </div>
  );
}

type Update = {
  eventId: string;
  registrationId: string;
  onSaved: () => void;
  onRefusal: (error: unknown) => void;
};

function useUpdate({ eventId, registrationId, onSaved, onRefusal }: Update) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useIntention({
    send: (answers: Answers, options) =>
      client.registrations.update.mutate({ registrationId, answers }, options),
    onAnswer: async () => {
      await queryClient.invalidateQueries({
        queryKey: trpc.registrations.get.queryKey({ registrationId }),
      });
      onSaved();
    },
    onRefusal: (error) => {
      void queryClient.invalidateQueries({ queryKey: trpc.events.get.queryKey({ eventId }) });
      onRefusal(error);
    },
  });
}
