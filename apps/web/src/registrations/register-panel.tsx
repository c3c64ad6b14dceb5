import type { Event } from "@tsudoi/shared/events.ts";
import { lazy, type ReactNode, Suspense, useId, useState } from "react";
import { useMe } from "#web/auth/use-session.ts";
import { DrawFacts } from "#web/draw/draw-facts.tsx";
import { Seats } from "#web/events/seats.tsx";
import { part } from "#web/problems/part.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { dropAnswers } from "#web/questions/kept-answers.ts";
import { useAttendTexts } from "#web/texts/attend.ts";
import { useNow } from "#web/time/use-now.ts";
import { Button } from "#web/ui/button.tsx";
import { bookingOf, isPossible, type Possible } from "./booking.ts";
import { BookingHint } from "./booking-hint.tsx";
import { EndedNotice, EventCancelled } from "./ended-notice.tsx";
import { Overlap } from "./overlap.tsx";
import { OwnRefusal } from "./own-refusal.tsx";
import { RegistrationTicket } from "./registration-ticket.tsx";
import { refusalOf, useOwnActions } from "./use-own-actions.ts";
import { useRegister } from "./use-register.ts";
import "#web/ui/card.css";
import "./register-panel.css";

const RegisterQuestions = lazy(async () => ({
  default: (await part(import("./register-questions.tsx"))).RegisterQuestions,
}));
const OwnAnswers = lazy(async () => ({
  default: (await part(import("./own-answers.tsx"))).OwnAnswers,
}));

/** How one stands, the seats, the one thing to do about them, and its outcome in the same place. */
export function RegisterPanel({ event }: { event: Event }) {
  const register = useRegister(event.id);
  const actions = useOwnActions(event.id);
  const { registrationOpensAt, registrationClosesAt, endsAt } = event;
  const now = useNow([registrationOpensAt, registrationClosesAt, endsAt]);
  const booking = bookingOf(event, now);
  const refusal = refusalOf(actions);
  const [wasCancelled] = useState(booking === "cancelled");
  if (booking === "cancelled") {
    return (
      <div className="register-panel">
        <EventCancelled
          event={event}
          isNews={!wasCancelled}
          isAnswer={register.isError || refusal !== null}
        />
        {event.drawnAt !== null && <DrawFacts event={event} />}
      </div>
    );
  }
  const { myRegistration: mine, endedRegistration: ended } = event;
  const canAct = !mine && isPossible(booking);
  return (
    <div className="register-panel">
      {register.isError && !canAct && <ProblemNotice error={register.error} focus />}
      {refusal !== null && <OwnRefusal error={refusal} timeZone={event.timeZone} />}
      {ended && (
        <EndedNotice
          event={event}
          ended={ended}
          canAgain={canAct}
          isNew={actions.cancel.isSuccess || actions.decline.isSuccess}
        />
      )}
      {mine && (
        <RegistrationTicket
          event={event}
          registration={mine}
          isNew={register.isSuccess || actions.accept.isSuccess}
          actions={actions}
        />
      )}
      {mine && event.questions.length > 0 && (
        <Suspense>
          <OwnAnswers event={event} registrationId={mine.id} />
        </Suspense>
      )}
      {!(mine && booking === "over") && (
        <section className="seat-box card">
          {booking !== "over" && <Seats event={event} {...(mine ? {} : { size: "large" })} />}
          {!mine && <BookingHint event={event} booking={booking} />}
          {canAct && <Act event={event} booking={booking} register={register} />}
        </section>
      )}
      {event.allocation === "lottery" && <DrawFacts event={event} />}
    </div>
  );
}

type ActProps = { event: Event; booking: Possible; register: ReturnType<typeof useRegister> };

/** An event that asks something opens its questions first; the same button then sends them. */
function Act({ event, booking, register }: ActProps) {
  const { texts } = useAttendTexts();
  const form = useId();
  const owner = useMe()?.id ?? "";
  const [isOpen, setOpen] = useState(false);
  const eventId = event.id;
  const asks = event.questions.length > 0;
  const isAsking = asks && isOpen;
  // The questions that it was refused for are on their way: the next press opens them once they are there.
  const isToldOfQuestions = register.isError && untold(register.error) === null && !isOpen;
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
      <ActionBar error={isAsking ? untold(register.error) : register.error}>
        <Button
          // Another button: the press that opens the form must not send it.
          key={isAsking ? "send" : "act"}
          size="large"
          wide
          isPending={register.isPending}
          working={texts.register.working}
          {...(isAsking ? { type: "submit", form } : {})}
          onPress={() => {
            if (!asks && !isToldOfQuestions) register.mutate({ eventId });
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

function Action({ booking }: { booking: Possible }) {
  const { texts } = useAttendTexts();
  return {
    register: texts.register.register,
    apply: texts.register.apply,
    enter: texts.attend.lottery.enter,
    waitlist: texts.register.joinWaitlist,
  }[booking];
}

type BarProps = { error: unknown; children: ReactNode };

/** Under the seats on wide screens, at the thumb on phones. */
function ActionBar({ error, children }: BarProps) {
  const { texts } = useAttendTexts();
  const { askedTitle: title, askedNext: next } = texts.questions;
  return (
    <div className="action-bar">
      {error !== null && <ProblemNotice error={error} instead={{ VALIDATION: { title, next } }} />}
      {children}
    </div>
  );
}
