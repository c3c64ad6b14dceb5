import { useQuery } from "@tanstack/react-query";
import { answersEnd, shownQuestions } from "@tsudoi/shared/answers.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import type { Answers } from "@tsudoi/shared/questions.ts";
import { useId, useState } from "react";
import { useTRPC } from "#web/api.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { GivenAnswer } from "#web/questions/given-answer.tsx";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { ChangeAnswers } from "./change-answers.tsx";
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
  async function saved(): Promise<void> {
    await found.refetch();
    setState("saved");
  }
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
          save={t.save}
          onSaved={saved}
          onStop={() => setState("read")}
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
