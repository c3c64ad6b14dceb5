import type { Locale } from "@tsudoi/shared/text.ts";
import type { EventFacts } from "#core/notifications/message-facts.ts";
import { aboutEvent, titleOf } from "./about.ts";
import type { EventPlace, Fact, Letter } from "./letter.ts";
import { tellInstant } from "./times.ts";

type Texts = {
  subject: (title: string) => string;
  heading: string;
  body: string;
  series: (dates: number) => string;
  opens: string;
  closes: string;
  open: string;
};

const TEXTS: Record<Locale, Texts> = {
  ja: {
    subject: (title) => `【ご招待】${title}`,
    heading: "イベントに招待されました",
    body: "このイベントは、招待された方だけが申し込めます。参加をご希望の方は、イベントのページから申し込んでください。",
    series: (dates) =>
      `シリーズの ${dates} 回に招待されています。下は、そのうち最初の回です。ほかの回は、イベントのページから見られます。`,
    opens: "受付開始",
    closes: "申込の締切",
    open: "イベントを見て申し込む",
  },
  en: {
    subject: (title) => `You are invited: ${title}`,
    heading: "You are invited",
    body: "Only invited people can register for this event, and you are one of them. If you would like to come, register on its page.",
    series: (dates) =>
      `You are invited to ${dates} events of a series. This is the first of them; its page leads to the others.`,
    opens: "Registration opens",
    closes: "Registration closes",
    open: "See the event and register",
  },
};

/** Told while one can still come, and only to who has not been taken off the list or come in already. */
export function invitation(facts: EventFacts, place: EventPlace): Letter | undefined {
  const { event, person, isInvited, dates } = facts;
  const canCome = event.status === "published" && place.now < event.endsAt;
  if (!canCome || !isInvited) return undefined;
  const texts = TEXTS[person.locale];
  return {
    template: "event_invitation",
    subject: texts.subject(titleOf(facts)),
    heading: texts.heading,
    paragraphs: [texts.body, ...(dates > 1 ? [texts.series(dates)] : [])],
    facts: [...aboutEvent(facts), ...registrationTimes(facts, place)],
    actions: [{ label: texts.open, url: place.links.event }],
  };
}

/** What is still to come of them. */
function registrationTimes({ event, person }: EventFacts, { now }: EventPlace): Fact[] {
  const { registrationOpensAt, registrationClosesAt, timeZone } = event;
  const { opens, closes } = TEXTS[person.locale];
  const times: [label: string, instant: Date][] = [
    [opens, registrationOpensAt],
    [closes, registrationClosesAt],
  ];
  return times
    .filter(([, instant]) => now < instant)
    .map(([label, instant]) => ({ label, ...tellInstant(instant, timeZone, person) }));
}
