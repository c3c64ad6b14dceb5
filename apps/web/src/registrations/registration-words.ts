import type { EventSummary } from "@tsudoi/shared/events.ts";
import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { awaitsDraw } from "#web/events/event-state.ts";
import type { AttendTexts } from "#web/texts/attend.ts";

/** When a registration is read: just made, some time later, or when the event is over. */
export type Moment = "new" | "later" | "over";

type Words = { title: string; next: string };

type Told = "waitlistMode" | "allocation" | "drawnAt" | "location" | "online";

type Facts = Pick<EventSummary, Told> & {
  offerHours: number;
  /** When it is drawn, as people read it; nothing once that has come. */
  drawOn?: string | undefined;
  /** Whether an offer's time is over, if nobody has said so yet. */
  isLapsed?: boolean;
};

/** What it is, and what comes next; a mail is announced only while it is on its way. */
export function wordsFor(
  status: RegistrationStatus,
  moment: Moment,
  { facts, texts }: { facts: Facts; texts: AttendTexts },
): Words {
  const { register: t, attend, status: words } = texts;
  if (moment === "over") return { title: words[status], next: t.hintOver };
  const isNew = moment === "new";
  switch (status) {
    case "confirmed":
      return {
        title: isNew ? attend.confirmedTitle : attend.haveConfirmed,
        next: confirmedNext(isNew, facts, texts),
      };
    case "waitlisted":
      return {
        title: isNew ? attend.waitlistedTitle : attend.haveWaitlisted,
        next:
          facts.waitlistMode === "offer"
            ? attend.next.waitlistOffer(facts.offerHours)
            : attend.next.waitlistAutomatic,
      };
    case "pending":
      if (awaitsDraw(facts)) return drawWords(isNew, facts, texts);
      return {
        title: isNew ? attend.pendingTitle : attend.havePending,
        next: attend.next.approval,
      };
    case "offered":
      return facts.isLapsed
        ? { title: attend.lapsedTitle, next: attend.next.lapsed }
        : { title: t.offeredTitle, next: attend.next.offered };
    case "cancelled":
    case "rejected":
    case "declined":
    case "expired":
      return { title: words[status], next: "" };
  }
}

/** What is only online has no door to say one's number at. */
function confirmedNext(isNew: boolean, facts: Facts, { attend: { next: t } }: AttendTexts): string {
  if (facts.online && facts.location === null) return isNew ? t.confirmedOnline : "";
  return isNew ? t.confirmed : t.confirmedLater;
}

function drawWords(isNew: boolean, { drawOn }: Facts, { attend: t }: AttendTexts): Words {
  return {
    title: isNew ? t.drawTitle : t.haveDraw,
    next: drawOn === undefined ? t.next.drawSoon : t.next.draw(drawOn),
  };
}
