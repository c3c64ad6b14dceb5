import type { Locale } from "@tsudoi/shared/text.ts";
import type { MessageFacts } from "#core/notifications/message-facts.ts";
import { aboutRegistration, aboutSeat, fromOrganizer, titleOf, withPlace } from "./about.ts";
import type { Letter, LetterPlace } from "./letter.ts";
import { whenSeatOpens } from "./when-seat-opens.ts";

type Texts = {
  subject: Record<"confirmed" | "waitlisted", (title: string) => string>;
  heading: Record<"confirmed" | "waitlisted", string>;
  body: Record<"confirmed" | "waitlisted", string>;
};

const TEXTS: Record<Locale, Texts> = {
  ja: {
    subject: {
      confirmed: (title) => `【承認】${title}`,
      waitlisted: (title) => `【承認：キャンセル待ち】${title}`,
    },
    heading: {
      confirmed: "申込が承認されました",
      waitlisted: "承認され、キャンセル待ちに登録しました",
    },
    body: {
      confirmed: "主催者が承認し、参加が確定しました。添付の予定をカレンダーに追加できます。",
      waitlisted: "主催者が承認しましたが、いまは満席のため、キャンセル待ちに登録しました。",
    },
  },
  en: {
    subject: {
      confirmed: (title) => `Approved: ${title}`,
      waitlisted: (title) => `Approved, on the waitlist: ${title}`,
    },
    heading: {
      confirmed: "Your registration is approved",
      waitlisted: "Your registration is approved, and you are on the waitlist",
    },
    body: {
      confirmed:
        "The organiser approved your registration, and your seat is confirmed. The attached file adds it to your calendar.",
      waitlisted:
        "The organiser approved your registration. The event is full at the moment, so you are on the waitlist.",
    },
  },
};

/** Approved: with a seat, or waiting for one. */
export function approval(facts: MessageFacts, place: LetterPlace): Letter | undefined {
  const { status } = facts.registration;
  if (status !== "confirmed" && status !== "waitlisted") return undefined;
  const texts = TEXTS[facts.person.locale];
  const isSeated = status === "confirmed";
  return {
    template: "registration_approval",
    subject: texts.subject[status](titleOf(facts)),
    heading: texts.heading[status],
    paragraphs: [texts.body[status], ...(isSeated ? [] : [whenSeatOpens(facts)])],
    quote: fromOrganizer(facts),
    facts: isSeated ? aboutSeat(facts, place) : aboutRegistration(facts),
    actions: withPlace(facts, place),
    calendar: isSeated ? "REQUEST" : undefined,
  };
}
