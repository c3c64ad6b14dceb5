import type { EndedBy } from "@tsudoi/shared/registrations.ts";
import type { Locale } from "@tsudoi/shared/text.ts";
import type { MessageFacts } from "#core/notifications/message-facts.ts";
import { aboutEvent, fromOrganizer, hadSeat, seeEvent, titleOf } from "./about.ts";
import type { Letter, LetterPlace } from "./letter.ts";
import { WORDS } from "./words.ts";

type Texts = { subject: (title: string) => string; heading: string; body?: string };

const TEXTS: Record<Locale, Record<EndedBy, Texts>> = {
  ja: {
    attendee: {
      subject: (title) => `【取り消し完了】${title}`,
      heading: "申込を取り消しました",
    },
    organizer: {
      subject: (title) => `【申込の取り消し】${title}`,
      heading: "申込が取り消されました",
      body: "このイベントへの申込を、主催者が取り消しました。ご不明な点は、主催者にお問い合わせください。",
    },
    event: {
      subject: (title) => `【申込の取り消し】${title}`,
      heading: "申込が取り消されました",
      body: "イベントが中止になったため、申込は取り消されました。",
    },
  },
  en: {
    attendee: {
      subject: (title) => `Cancelled: ${title}`,
      heading: "Your registration is cancelled",
    },
    organizer: {
      subject: (title) => `Your registration was cancelled: ${title}`,
      heading: "Your registration was cancelled",
      body: "The organiser cancelled your registration for this event. Please ask them if anything is unclear.",
    },
    event: {
      subject: (title) => `Your registration was cancelled: ${title}`,
      heading: "Your registration was cancelled",
      body: "The event is cancelled, and your registration with it.",
    },
  },
};

/** A registration that was ended, whatever came after it: nobody may think they still have a seat. */
export function cancellation(facts: MessageFacts, place: LetterPlace): Letter {
  const { locale } = facts.person;
  const texts = TEXTS[locale][facts.registration.endedBy ?? "organizer"];
  const isTakenOut = hadSeat(facts);
  return {
    template: "registration_cancellation",
    subject: texts.subject(titleOf(facts)),
    heading: texts.heading,
    paragraphs: [
      ...(texts.body === undefined ? [] : [texts.body]),
      ...(isTakenOut ? [WORDS[locale].takenOut] : []),
    ],
    quote: fromOrganizer(facts),
    facts: aboutEvent(facts),
    actions: [seeEvent(facts, place)],
    calendar: isTakenOut ? "CANCEL" : undefined,
  };
}
