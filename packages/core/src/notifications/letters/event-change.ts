import { LIVE_STATUSES } from "@tsudoi/shared/registrations.ts";
import type { Locale } from "@tsudoi/shared/text.ts";
import type { MessageFacts } from "#core/notifications/message-facts.ts";
import { aboutRegistration, canLeave, heldUntil, titleOf, withPlace } from "./about.ts";
import type { Fact, Letter, LetterPlace } from "./letter.ts";
import { WORDS } from "./words.ts";

type Texts = {
  subject: (title: string) => string;
  heading: string;
  body: string;
  seat: string;
};

const TEXTS: Record<Locale, Texts> = {
  ja: {
    subject: (title) => `【変更】${title}`,
    heading: "イベントの内容が変わりました",
    body: "申し込んでいただいたイベントに変更がありました。新しい内容をご確認ください。",
    seat: "あなたの申込はそのまま有効です。添付の予定で、カレンダーを更新できます。",
  },
  en: {
    subject: (title) => `Changed: ${title}`,
    heading: "The event has changed",
    body: "Something about an event of yours has changed. This is how it is now.",
    seat: "Your seat is still yours. The attached file updates your calendar.",
  },
};

/** What is different now; a change that was taken back in the meantime is none. */
export function eventChange(facts: MessageFacts, place: LetterPlace): Letter | undefined {
  const { person, registration } = facts;
  const isLive = LIVE_STATUSES.some((status) => status === registration.status);
  const about = withBefore(facts);
  if (!isLive || about === undefined) return undefined;
  const texts = TEXTS[person.locale];
  const isSeated = registration.status === "confirmed";
  return {
    template: "event_change",
    subject: texts.subject(titleOf(facts)),
    heading: texts.heading,
    paragraphs: [texts.body, ...(isSeated ? [texts.seat] : [])],
    facts: [...heldUntil(facts), ...about, ...(isSeated ? [canLeave(facts, place)] : [])],
    actions: withPlace(facts, place),
    calendar: isSeated ? "REQUEST" : undefined,
  };
}

/** The event as it is, each line that changed with what it was; nothing where none did. */
function withBefore(facts: MessageFacts): Fact[] | undefined {
  const words = WORDS[facts.person.locale];
  const before = aboutRegistration(asBefore(facts));
  const now = aboutRegistration(facts);
  const told = [words.event, words.when, words.where, words.online, words.number, words.position];
  const lines = told.flatMap((label) => {
    const [was, is] = [before, now].map((side) => side.find((each) => each.label === label));
    if (was === undefined && is === undefined) return [];
    const line = is ?? { label, value: words.nothing };
    return was?.value === is?.value ? [line] : [{ ...line, before: was?.value ?? words.nothing }];
  });
  return lines.some((each) => "before" in each) ? lines : undefined;
}

/** The facts with what the message remembers in place of what is so now. */
function asBefore(facts: MessageFacts): MessageFacts {
  const { event } = facts;
  const was = facts.details ?? {};
  const text = (key: string) => (typeof was[key] === "string" ? was[key] : undefined);
  const instant = (key: "startsAt" | "endsAt") => {
    const told = text(key);
    return told === undefined ? event[key] : new Date(told);
  };
  return {
    ...facts,
    event: {
      ...event,
      title: { ja: text("titleJa") ?? event.title.ja, en: text("titleEn") ?? event.title.en },
      startsAt: instant("startsAt"),
      endsAt: instant("endsAt"),
      timeZone: text("timeZone") ?? event.timeZone,
      location: placeBefore(facts),
      onlineUrl: linkBefore(facts),
    },
  };
}

/** Of a place that not everybody may know it is told that there was another, and not which. */
function placeBefore({ details, event, person }: MessageFacts): string | null {
  const { place, location = event.location } = details ?? {};
  if (place === "another") return WORDS[person.locale].anotherPlace;
  return place === "none" || typeof location !== "string" ? null : location;
}

/** That there was another link is told, and not which. */
function linkBefore({ details, event, person }: MessageFacts): string | null {
  const words = WORDS[person.locale];
  // Messages of versions before have the link itself.
  const { link, onlineUrl = event.onlineUrl } = details ?? {};
  if (link === "none") return null;
  if (link === "another") return words.anotherLink;
  if (onlineUrl === event.onlineUrl || onlineUrl === null) return onlineUrl;
  return words.anotherLink;
}
