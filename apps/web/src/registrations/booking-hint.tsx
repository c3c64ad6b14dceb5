import type { Event } from "@tsudoi/shared/events.ts";
import { type AttendTexts, useAttendTexts } from "#web/texts/attend.ts";
import { formatMoment } from "#web/time/format.ts";
import { type Booking, isPossible } from "./booking.ts";
import { useCancelRule } from "./cancel-rule.ts";

type Props = { event: Event; booking: Exclude<Booking, "cancelled"> };

/** What pressing the button will do and what one agrees to, or why there is none; a change of what it does is read out. */
export function BookingHint({ event, booking }: Props) {
  const { locale, texts } = useAttendTexts();
  const { timeZone, waitlistLength } = event;
  const at = (instant: string) => formatMoment(instant, { timeZone, locale });
  return (
    <div className="booking-hint faint">
      {booking === "waitlist" && <p>{texts.attend.hint.waiting(waitlistLength)}</p>}
      <div aria-live="polite">
        <p className={booking === "over" ? "booking-over" : undefined}>
          {isFull(booking) && <span className="visually-hidden">{texts.events.full}: </span>}
          {hintOf(booking, { event, at, texts })}
        </p>
      </div>
      {isPossible(booking) && <Terms event={event} booking={booking} at={at} />}
    </div>
  );
}

/** Shown above in large, but only what changes here is read out. */
function isFull(booking: Booking): boolean {
  return booking === "waitlist" || booking === "full";
}

type At = (instant: string) => string;

/** Until when one can book, and until when one can take it back. */
function Terms({ event, booking, at }: Props & { at: At }) {
  const { texts } = useAttendTexts();
  const { isLate, rule } = useCancelRule(event);
  const closes = at(event.registrationClosesAt);
  const drawnFirst = booking === "enter" && isDrawnFirst(event);
  return (
    <>
      <p>
        {drawnFirst ? texts.attend.lottery.hintAfter(closes) : texts.attend.hint.closesAt(closes)}
      </p>
      <p>{isLate ? texts.attend.cancelPast : rule}</p>
    </>
  );
}

type Facts = { event: Event; at: At; texts: AttendTexts };

function hintOf(booking: Props["booking"], { event, at, texts }: Facts): string {
  const { register: t, attend } = texts;
  switch (booking) {
    case "register":
      if (event.waitlistMode === "none") return attend.hint.openNoWaitlist;
      return event.waitlistLength > 0 ? attend.hint.othersFirst : attend.hint.open;
    case "apply":
      return attend.hint.approval;
    case "enter":
      return isDrawnFirst(event) ? attend.lottery.hintUntil(at(event.drawAt)) : attend.lottery.hint;
    case "waitlist":
      return event.waitlistMode === "offer"
        ? attend.next.waitlistOffer(event.offerHours)
        : attend.next.waitlistAutomatic;
    case "full":
      return attend.hint.noWaitlist;
    case "not_open_yet":
      return t.hintNotOpenYet(at(event.registrationOpensAt));
    case "closed":
      return texts.refusals.REGISTRATION_CLOSED.next;
    case "over":
      return t.hintOver;
    case "draft":
      return attend.hint.draft;
  }
}

/** The draw is the end of entering, but not of registering. */
function isDrawnFirst(event: Event): event is Event & { drawAt: string } {
  return event.drawAt !== null && event.drawAt < event.registrationClosesAt;
}
