import type { LIVE_STATUSES, MyRegistration } from "@tsudoi/shared/registrations.ts";
import { AddToCalendar } from "#web/calendars/add-to-calendar.tsx";
import { useSay } from "#web/shell/said.ts";
import { useAttendTexts } from "#web/texts/attend.ts";
import { useNow } from "#web/time/use-now.ts";
import { useTimeLeft } from "#web/time/use-time-left.ts";
import { Button } from "#web/ui/button.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { LeaveButton } from "./leave-button.tsx";
import { OwnRefusal } from "./own-refusal.tsx";
import { type OwnActions, refusalOf, useOwnActions } from "./use-own-actions.ts";

type Live = MyRegistration & { status: (typeof LIVE_STATUSES)[number] };

type Props = { registration: Live; headingId: string; onDone: () => void };

/** What one can do about a registration without opening its event. */
export function RowActions({ registration, headingId, onDone }: Props) {
  const { attend: t } = useAttendTexts().texts;
  const say = useSay();
  const { event, status, cancelUntil, answersUntil } = registration;
  const actions = useOwnActions(event.id, (done) => {
    say(done === "accept" ? t.accepted : t.leave[status].done);
    onDone();
  });
  const now = useNow([cancelUntil, ...(answersUntil ? [answersUntil] : [])]);
  const refusal = refusalOf(actions);
  const canLeave = status !== "confirmed" || now < new Date(cancelUntil);
  const canAnswer = answersUntil !== undefined && now < new Date(answersUntil);
  return (
    // biome-ignore lint/a11y/useSemanticElements: these are buttons, not fields of a form.
    <div className="row-actions" role="group" aria-labelledby={headingId}>
      {refusal !== null && <OwnRefusal error={refusal} timeZone={event.timeZone} />}
      {status === "offered" && <Answer registration={registration} actions={actions} />}
      {status === "confirmed" && <AddToCalendar registrationId={registration.id} wide={false} />}
      {canAnswer && <ChangeAnswers eventId={event.id} />}
      {status !== "offered" && canLeave && <Leave registration={registration} actions={actions} />}
    </div>
  );
}

function ChangeAnswers({ eventId }: { eventId: string }) {
  const { attend: t } = useAttendTexts().texts;
  return (
    <LinkButton tone="quiet" size="small" to="/events/$eventId" params={{ eventId }}>
      {t.list.changeAnswers}
    </LinkButton>
  );
}

type OneProps = { registration: Live; actions: OwnActions };

function Leave({ registration: { id, status, event }, actions }: OneProps) {
  return (
    <LeaveButton
      status={status}
      isAwaited={event.waitlistLength > 0}
      isPending={actions.cancel.isPending}
      look={{ tone: "ghost" }}
      onLeave={() => actions.cancel.mutate({ registrationId: id })}
    />
  );
}

function Answer({ registration, actions }: OneProps) {
  const { attend: t } = useAttendTexts().texts;
  const { id, event, offerExpiresAt = "" } = registration;
  const left = useTimeLeft(offerExpiresAt);
  const acted = { registrationId: id };
  if (left === undefined) return <p className="row-left">{t.lapsedTitle}</p>;
  return (
    <>
      <p className="row-left">
        {t.timeLeft} <b role="timer">{left}</b>
      </p>
      <Button
        size="small"
        isPending={actions.accept.isPending}
        working={t.accepting}
        onPress={() => actions.accept.mutate(acted)}
      >
        {t.accept}
      </Button>
      <LeaveButton
        status="offered"
        isAwaited={event.waitlistLength > 0}
        isPending={actions.decline.isPending}
        onLeave={() => actions.decline.mutate(acted)}
      />
    </>
  );
}
