import { formatSpan, zoneName } from "@tsudoi/shared/dates.ts";
import { receiptNumber } from "@tsudoi/shared/registrations.ts";
import { type Locale, localized } from "@tsudoi/shared/text.ts";
import { calendarEntry } from "#core/calendars/calendar-entry.ts";
import type { Mail } from "#core/platform/mail.ts";
import { type Letter, letterHtml, letterText } from "./mail-layout.ts";
import type { ConfirmationFacts } from "./queries.ts";

export type Kind = "confirmed" | "waitlisted" | "pending";

type Texts = {
  subject: Record<Kind, (title: string) => string>;
  heading: Record<Kind, string>;
  body: Record<Kind, string>;
  greeting: (person: { familyName: string; givenName: string }) => string;
  labels: {
    event: string;
    when: string;
    where: string;
    link: string;
    number: string;
    position: string;
  };
  action: string;
  closing: string;
  position: (position: number) => string;
};

const TEXTS: Record<Locale, Texts> = {
  ja: {
    subject: {
      confirmed: (title) => `【申込確定】${title}`,
      waitlisted: (title) => `【キャンセル待ち】${title}`,
      pending: (title) => `【承認待ち】${title}`,
    },
    heading: {
      confirmed: "申込が確定しました",
      waitlisted: "キャンセル待ちに登録しました",
      pending: "主催者の承認をお待ちください",
    },
    body: {
      confirmed: "お席を確保しました。添付の予定をカレンダーに追加できます。",
      waitlisted: "現在は満席です。席が空きましたら、順番にメールでお知らせします。",
      pending: "このイベントは主催者の承認が必要です。結果はメールでお知らせします。",
    },
    greeting: (person) => `${person.familyName} ${person.givenName} 様`,
    labels: {
      event: "イベント",
      when: "開催日時",
      where: "場所",
      link: "オンライン",
      number: "受付番号",
      position: "順番",
    },
    action: "イベントの詳細を見る",
    closing: "このメールは Tsudoi が自動でお送りしています。",
    position: (position) => `${position} 番目`,
  },
  en: {
    subject: {
      confirmed: (title) => `You are registered: ${title}`,
      waitlisted: (title) => `You are on the waitlist: ${title}`,
      pending: (title) => `Waiting for approval: ${title}`,
    },
    heading: {
      confirmed: "You are registered",
      waitlisted: "You are on the waitlist",
      pending: "Waiting for the organiser's approval",
    },
    body: {
      confirmed: "Your seat is reserved. The attached entry adds it to your calendar.",
      waitlisted:
        "The event is full at the moment. When a seat opens, we write to people in order.",
      pending:
        "The organiser approves registrations for this event. We will write to you with the result.",
    },
    greeting: (person) => `Dear ${person.givenName} ${person.familyName},`,
    labels: {
      event: "Event",
      when: "When",
      where: "Where",
      link: "Online",
      number: "Receipt number",
      position: "Your place",
    },
    action: "See the event",
    closing: "Tsudoi sent this mail automatically.",
    position: (position) => `No. ${position}`,
  },
};

export type Sender = { publicUrl: string; from: { name: string; email: string } };

/** The letter about a registration, in its reader's language; the seat's calendar entry only with a seat. */
export function confirmationMail(
  facts: ConfirmationFacts,
  kind: Kind,
  sender: Sender & { now: Date },
): Mail {
  const { locale } = facts.person;
  const texts = TEXTS[locale];
  const title = localized(facts.event.title, locale).text;
  const letter = toLetter(facts, kind, sender);
  return {
    messageId: `<${facts.notificationId}@tsudoi>`,
    template: `registration_${kind}`,
    to: {
      name: `${facts.person.familyName} ${facts.person.givenName}`,
      address: facts.person.email,
    },
    subject: texts.subject[kind](title),
    text: letterText(letter),
    html: letterHtml(letter),
    ...(kind === "confirmed"
      ? { calendar: { method: "REQUEST" as const, content: entryOf(facts, sender) } }
      : {}),
  };
}

function toLetter(facts: ConfirmationFacts, kind: Kind, sender: Sender): Letter {
  const { event, person, registration } = facts;
  const { locale } = person;
  const texts = TEXTS[locale];
  const isConfirmed = kind === "confirmed";
  const value = (label: string, text: string | null) =>
    text === null ? [] : [{ label, value: text }];
  return {
    locale,
    organization: localized(facts.organization, locale).text,
    heading: texts.heading[kind],
    greeting: texts.greeting(person),
    paragraphs: [texts.body[kind]],
    facts: [
      { label: texts.labels.event, value: localized(event.title, locale).text },
      { label: texts.labels.when, value: whenOf(facts) },
      ...value(texts.labels.where, event.location),
      ...value(texts.labels.link, isConfirmed ? event.onlineUrl : null),
      { label: texts.labels.number, value: receiptNumber(registration.number) },
      ...value(
        texts.labels.position,
        registration.position === null ? null : texts.position(registration.position),
      ),
    ],
    action: { label: texts.action, url: eventUrl(facts, sender) },
    closing: texts.closing,
  };
}

/** The event's own time, with the name of its zone where the reader lives in another. */
function whenOf({ event, person }: ConfirmationFacts): string {
  const span = {
    startsAt: event.startsAt.toISOString(),
    endsAt: event.endsAt.toISOString(),
    timeZone: event.timeZone,
  };
  const text = formatSpan(span, person.locale);
  if (event.timeZone === person.timeZone) return text;
  return `${text} (${zoneName(event.timeZone, span.startsAt, person.locale)})`;
}

function eventUrl(facts: ConfirmationFacts, sender: Sender): string {
  return new URL(`/events/${facts.event.id}`, sender.publicUrl).href;
}

function entryOf(facts: ConfirmationFacts, sender: Sender & { now: Date }): string {
  const { event, person, registration } = facts;
  return calendarEntry({
    method: "REQUEST",
    registrationId: registration.id,
    sequence: event.version - 1,
    title: event.title,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    stampedAt: sender.now,
    place: event.location ?? event.onlineUrl,
    url: eventUrl(facts, sender),
    description: [localized(event.description, person.locale).text, event.onlineUrl]
      .filter((part) => part !== null && part !== "")
      .join("\n\n"),
    organizer: {
      name: localized(facts.organization, person.locale).text,
      email: sender.from.email,
    },
    attendee: { name: `${person.familyName} ${person.givenName}`, email: person.email },
    locale: person.locale,
  });
}
