import type { Event } from "@tsudoi/shared/events.ts";
import type { Attendee } from "@tsudoi/shared/registration-lists.ts";
import { LIVE_STATUSES } from "@tsudoi/shared/registrations.ts";
import { GivenAnswer } from "#web/questions/given-answer.tsx";
import { ChangeAnswers } from "#web/registrations/change-answers.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Localized } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { Fact } from "./manage-fact.tsx";
import { useEventRights, useRefreshPeople } from "./managed-event.ts";
import "./person-answers.css";

type Props = { attendee: Attendee; event: Event };

export type AnswersState = "read" | "change" | "saved";

type Changing = { state: AnswersState; setState: (state: AnswersState) => void };

/** What somebody answered; who looks after the event's people can put it right, until the end and after it. */
export function PersonAnswers({ attendee, event, state, setState }: Props & Changing) {
  const { person: t } = useManageTexts();
  const { manages } = useEventRights(event);
  const refresh = useRefreshPeople(event.id);
  const isLive = LIVE_STATUSES.some((status) => status === attendee.status);
  async function saved(): Promise<void> {
    await refresh();
    setState("saved");
  }
  return (
    <section className="person-answers">
      <h3>{t.answers}</h3>
      {state === "saved" && <Notice tone="ok" title={t.answersSaved} live focus />}
      {state === "change" ? (
        <>
          <p className="faint">{t.answersNote}</p>
          <ChangeAnswers
            event={event}
            registrationId={attendee.id}
            answers={attendee.answers}
            save={t.saveAnswers}
            onSaved={saved}
            onStop={() => setState("read")}
          />
        </>
      ) : (
        <>
          <Given attendee={attendee} event={event} />
          {manages && isLive && event.status !== "cancelled" && (
            <Button tone="quiet" size="small" onPress={() => setState("change")}>
              {t.changeAnswers}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

function Given({ attendee, event }: Props) {
  return (
    <dl className="manage-facts">
      {event.questions.map((question) => (
        <Fact key={question.id} term={<Localized text={question.label} />}>
          <GivenAnswer question={question} answers={attendee.answers} />
        </Fact>
      ))}
    </dl>
  );
}
