import type { Event } from "@tsudoi/shared/events.ts";
import { type AttendTexts, useAttendTexts } from "#web/texts/attend.ts";
import { formatMoment } from "#web/time/format.ts";
import { type Booking, isPossible } from "./booking.ts";

/** What pressing the button will do, or why there is none; a change of it is read out. */
export function BookingHint({ event, booking }: { event: Event; booking: Booking }) {
  const { locale, texts } = useAttendTexts();
  const { timeZone, drawAt, registrationClosesAt } = event;
  const at = (instant: string) => formatMoment(instant, { timeZone, locale });
  const closes = at(registrationClosesAt);
  const opens = at(event.registrationOpensAt);
  if (booking === "enter" && drawAt !== null && drawAt < registrationClosesAt) {
    const { lottery } = texts.attend;
    return (
      <div className="faint" aria-live="polite">
        <p>{lottery.hintUntil(at(drawAt))}</p>
        <p>{lottery.hintAfter(closes)}</p>
      </div>
    );
  }
  return (
    <div className="faint" aria-live="polite">
      <p>{hintOf(booking, { event, opens, texts })}</p>
      {isPossible(booking) && <p>{texts.register.closesAt(closes)}</p>}
    </div>
  );
}

type Facts = { event: Event; opens: string; texts: AttendTexts };

function hintOf(booking: Booking, { event, opens, texts: { register: t, attend } }: Facts): string {
  switch (booking) {
    case "register":
      return event.waitlistMode === "none" ? t.hintOpenNoWaitlist : t.hintOpen;
    case "apply":
      return t.hintApproval;
    case "enter":
      return attend.lottery.hint;
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
