import type { Event } from "@tsudoi/shared/events.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { lazy, type ReactNode, Suspense, useId, useState } from "react";
import { initials } from "#web/auth/person-name.ts";
import { useMe } from "#web/auth/use-session.ts";
import { overlaps } from "#web/events/event-state.ts";
import { Seats } from "#web/events/seats.tsx";
import { part } from "#web/problems/part.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { dropAnswers } from "#web/questions/kept-answers.ts";
import { type Texts, useTexts } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { Avatar } from "#web/ui/avatar.tsx";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { type Booking, bookingOf, isLive } from "./booking.ts";
import { useUpcomingRegistrations } from "./registration-queries.ts";
import { RegistrationTicket } from "./registration-ticket.tsx";
import { useRegister } from "./use-register.ts";
import "#web/ui/card.css";
import "./register-panel.css";

const RegisterQuestions = lazy(async () => ({
  default: (await part(import("./register-questions.tsx"))).RegisterQuestions,
}));
const OwnAnswers = lazy(async () => ({
  default: (await part(import("./own-answers.tsx"))).OwnAnswers,
}));

/** The seats, the one thing to do about them, and its outcome in the same place. */
export function RegisterPanel({ event }: { event: Event }) {
  const { texts } = useTexts();
  const register = useRegister(event.id);
  const { registrationOpensAt, registrationClosesAt, endsAt } = event;
  const now = useNow([registrationOpensAt, registrationClosesAt, endsAt]);
  const booking = bookingOf(event, now);
  const mine = event.myRegistration;
  const isMine = mine !== undefined && isLive(mine.status);
  const canAct = !isMine && isPossible(booking);
  return (
    <div className="register-panel">
      {register.isError && !canAct && <ProblemNotice error={register.error} focus />}
      {isMine && (
        <RegistrationTicket event={event} registration={mine} isNew={register.isSuccess} />
      )}
      <section className="seat-box card">
        <Seats event={event} size="large" />
        {!isMine && <Hint event={event} booking={booking} />}
        {canAct && <Act event={event} booking={booking} register={register} />}
      </section>
      {isMine && event.questions.length > 0 && (
        <Suspense fallback={<Skeleton label={texts.shell.loading} shape="card" />}>
          <OwnAnswers event={event} registrationId={mine.id} />
        </Suspense>
      )}
    </div>
  );
}

type ActProps = { event: Event; booking: Possible; register: ReturnType<typeof useRegister> };

/** An event that asks something opens its questions first; the same button then sends them. */
function Act({ event, booking, register }: ActProps) {
  const { texts } = useTexts();
  const form = useId();
  const owner = useMe()?.id ?? "";
  const [isOpen, setOpen] = useState(false);
  const eventId = event.id;
  const asks = event.questions.length > 0;
  const isAsking = asks && isOpen;
  return (
    <>
      <Overlap event={event} />
      {isAsking && (
        <Suspense>
          <RegisterQuestions
            id={form}
            event={event}
            owner={owner}
            refusal={register.error}
            onAnswered={(answers) =>
              register.mutate(
                { eventId, answers },
                { onSuccess: () => dropAnswers({ owner, eventId }) },
              )
            }
            onLater={() => setOpen(false)}
          />
        </Suspense>
      )}
      <ActionBar event={event} error={isAsking ? untold(register.error) : register.error}>
        <Button
          // Another button: the press that opens the form must not send it.
          key={isAsking ? "send" : "act"}
          size="large"
          wide
          isPending={register.isPending}
          working={texts.register.working}
          {...(isAsking ? { type: "submit", form } : {})}
          onPress={() => {
            if (!asks) register.mutate({ eventId });
            else if (!isOpen) setOpen(true);
          }}
        >
          <Action booking={booking} />
        </Button>
      </ActionBar>
    </>
  );
}

/** What the open form does not show at its fields. */
function untold(error: unknown): unknown {
  return error !== null && toProblem(error).reason === "VALIDATION" ? null : error;
}

type Possible = "register" | "apply" | "waitlist";

function isPossible(booking: Booking): booking is Possible {
  return booking === "register" || booking === "apply" || booking === "waitlist";
}

function Action({ booking }: { booking: Possible }) {
  const { texts } = useTexts();
  return {
    register: texts.register.register,
    apply: texts.register.apply,
    waitlist: texts.register.joinWaitlist,
  }[booking];
}

function Hint({ event, booking }: { event: Event; booking: Booking }) {
  const { locale, texts } = useTexts();
  const { timeZone } = event;
  const closes = formatMoment(event.registrationClosesAt, { timeZone, locale });
  const opens = formatMoment(event.registrationOpensAt, { timeZone, locale });
  return (
    <div className="faint" aria-live="polite">
      <p>{hintOf(booking, { event, opens, texts })}</p>
      {isPossible(booking) && <p>{texts.register.closesAt(closes)}</p>}
    </div>
  );
}

type Facts = { event: Event; opens: string; texts: Texts };

function hintOf(booking: Booking, { event, opens, texts: { register: t } }: Facts): string {
  switch (booking) {
    case "register":
      return event.waitlistMode === "none" ? t.hintOpenNoWaitlist : t.hintOpen;
    case "apply":
      return t.hintApproval;
    case "waitlist":
      return t.hintWaitlist;
    case "full":
      return t.hintFull;
    case "not_open_yet":
      return t.hintNotOpenYet(opens);
    case "closed":
      return t.hintClosed;
    case "over":
      return t.hintOver;
    case "cancelled":
      return t.hintCancelled;
    case "draft":
      return t.hintDraft;
  }
}

/** Two bookings at one time are allowed; not knowing it is not nice. */
function Overlap({ event }: { event: Event }) {
  const { locale, texts } = useTexts();
  const upcoming = useUpcomingRegistrations() ?? [];
  const clashes = upcoming.filter(
    (mine) => mine.event.id !== event.id && overlaps(mine.event, event),
  );
  if (clashes.length === 0) return null;
  const titles = clashes.map((mine) => localized(mine.event.title, locale).text);
  return (
    <Notice tone="warn" title={texts.register.overlapTitle}>
      {texts.register.overlap(titles)}
    </Notice>
  );
}

type BarProps = { event: Event; error: unknown; children: ReactNode };

/** Under the seats on wide screens, at the thumb on phones. */
function ActionBar({ event, error, children }: BarProps) {
  const { texts } = useTexts();
  const { askedTitle: title, askedNext: next } = texts.questions;
  return (
    <div className="action-bar">
      {error !== null && <ProblemNotice error={error} instead={{ VALIDATION: { title, next } }} />}
      <span className="action-who" aria-hidden="true">
        {event.organizers.slice(0, 3).map((person) => (
          <Avatar key={person.id} initials={initials(person, "short")} size="small" />
        ))}
      </span>
      {children}
    </div>
  );
}
