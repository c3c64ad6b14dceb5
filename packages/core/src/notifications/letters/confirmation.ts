import type { RegisteredStatus } from "@tsudoi/shared/registrations.ts";
import type { Locale } from "@tsudoi/shared/text.ts";
import type { MessageFacts } from "#core/notifications/message-facts.ts";
import { aboutRegistration, aboutSeat, titleOf, withPlace } from "./about.ts";
import type { Letter, LetterPlace } from "./letter.ts";
import { tellInstant } from "./times.ts";
import { whenSeatOpens } from "./when-seat-opens.ts";

type Outcome = RegisteredStatus | "accepted" | "entered";

type Texts = {
  subject: (title: string) => string;
  heading: string;
  body: string;
};

const DRAW_AT: Record<Locale, string> = { ja: "抽選日時", en: "Draw on" };

const BROUGHT_IN: Record<Locale, string> = {
  ja: "主催者があなたの申込を登録しました。",
  en: "The organiser has registered you for this event.",
};

const TEXTS: Record<Locale, Record<Outcome, Texts>> = {
  ja: {
    confirmed: {
      subject: (title) => `【参加確定】${title}`,
      heading: "参加が確定しました",
      body: "席をご用意しました。添付の予定をカレンダーに追加できます。",
    },
    accepted: {
      subject: (title) => `【参加確定】${title}`,
      heading: "参加が確定しました",
      body: "ご案内した席をお受けいただき、ありがとうございます。添付の予定をカレンダーに追加できます。",
    },
    waitlisted: {
      subject: (title) => `【キャンセル待ち】${title}`,
      heading: "キャンセル待ちに登録しました",
      body: "いまは満席です。",
    },
    pending: {
      subject: (title) => `【承認待ち】${title}`,
      heading: "主催者の承認をお待ちください",
      body: "このイベントは主催者の承認が必要です。結果はメールでお知らせします。",
    },
    entered: {
      subject: (title) => `【抽選待ち】${title}`,
      heading: "抽選に申し込みました",
      body: "席は抽選で決まります。結果はメールでお知らせします。",
    },
  },
  en: {
    confirmed: {
      subject: (title) => `Your seat is confirmed: ${title}`,
      heading: "Your seat is confirmed",
      body: "The attached file adds it to your calendar.",
    },
    accepted: {
      subject: (title) => `Your seat is confirmed: ${title}`,
      heading: "Your seat is confirmed",
      body: "Thank you for accepting the seat. The attached file adds it to your calendar.",
    },
    waitlisted: {
      subject: (title) => `You are on the waitlist: ${title}`,
      heading: "You are on the waitlist",
      body: "The event is full at the moment.",
    },
    pending: {
      subject: (title) => `Awaiting approval: ${title}`,
      heading: "Your registration awaits approval",
      body: "The organiser approves registrations for this event. We will write to you with the result.",
    },
    entered: {
      subject: (title) => `You are in the draw: ${title}`,
      heading: "You are in the draw",
      body: "The seats of this event are drawn. We will write to you with the result.",
    },
  },
};

/** The outcome of registering, of being brought in, or of accepting an offer. */
export function confirmation(facts: MessageFacts, place: LetterPlace): Letter | undefined {
  const { status } = facts.registration;
  if (status !== "confirmed" && status !== "waitlisted" && status !== "pending") return undefined;
  const { event, person } = facts;
  const outcome = outcomeOf(facts, status);
  const texts = TEXTS[person.locale][outcome];
  const isSeated = status === "confirmed";
  const drawAt = outcome === "entered" ? event.drawAt : null;
  return {
    template: `registration_${status}`,
    subject: texts.subject(titleOf(facts)),
    heading: texts.heading,
    paragraphs: [
      ...(facts.details?.by === "organizer" ? [BROUGHT_IN[person.locale]] : []),
      texts.body,
      ...(status === "waitlisted" ? [whenSeatOpens(facts)] : []),
    ],
    facts: [
      ...(isSeated ? aboutSeat(facts, place) : aboutRegistration(facts)),
      ...(drawAt === null
        ? []
        : [{ label: DRAW_AT[person.locale], ...tellInstant(drawAt, event.timeZone, person) }]),
    ],
    actions: withPlace(facts, place),
    calendar: isSeated ? "REQUEST" : undefined,
  };
}

function outcomeOf({ event, details }: MessageFacts, status: RegisteredStatus): Outcome {
  if (status === "confirmed" && details?.from === "offered") return "accepted";
  if (status === "pending" && event.allocation === "lottery") return "entered";
  return status;
}
