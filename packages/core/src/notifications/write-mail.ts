import { localized } from "@tsudoi/shared/text.ts";
import { ONLY_GENERATION } from "#core/auth/authorise-link.ts";
import { calendarEntry } from "#core/calendars/calendar-entry.ts";
import type { Links } from "#core/platform/links.ts";
import type { Mail } from "#core/platform/mail.ts";
import type { LetterLinks } from "./letters/letter.ts";
import { LETTERS } from "./letters/letters.ts";
import { letterHtml, letterText } from "./mail-layout.ts";
import type { MessageFacts } from "./message-facts.ts";

export type Sender = {
  publicUrl: string;
  from: { name: string; email: string };
  links: Links;
  now: Date;
};

/** The mail that tells a message in its reader's language; nothing where it is no longer true. */
export function writeMail(facts: MessageFacts, sender: Sender): Mail | undefined {
  const links = linksOf(facts, sender);
  const letter = LETTERS[facts.kind](facts, { links, now: sender.now });
  if (letter === undefined) return undefined;
  const { calendar } = letter;
  return {
    messageId: `<${facts.notificationId}@tsudoi>`,
    template: letter.template,
    to: { name: nameOf(facts), address: facts.person.email },
    subject: letter.subject,
    text: letterText(facts, letter),
    html: letterHtml(facts, letter),
    ...(calendar === undefined
      ? {}
      : { calendar: { method: calendar, content: entryOf(facts, sender, calendar) } }),
  };
}

/** Links act for one registration, and do nothing before their page's button is pressed. */
function linksOf(facts: MessageFacts, { publicUrl, links }: Sender): LetterLinks {
  const url = (path: string) => new URL(path, publicUrl).href;
  const { organizationId, registration, event } = facts;
  const about = { organizationId, id: registration.id, generation: ONLY_GENERATION };
  return {
    event: url(`/events/${event.id}`),
    draw: url(`/events/${event.id}/draw`),
    offer: url(`/offer/${links.sign("offer", about)}`),
    leave: url(`/leave/${links.sign("leave", about)}`),
  };
}

function entryOf(facts: MessageFacts, sender: Sender, method: "REQUEST" | "CANCEL"): string {
  const { event, person, registration } = facts;
  // Whoever has no seat any more reads nothing that only a seat shows.
  const onlineUrl = method === "REQUEST" ? event.onlineUrl : null;
  return calendarEntry({
    method,
    registrationId: registration.id,
    sequence: event.calendarSequence,
    title: event.title,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    stampedAt: sender.now,
    place: event.location ?? onlineUrl,
    url: new URL(`/events/${event.id}`, sender.publicUrl).href,
    description: [localized(event.description, person.locale).text, onlineUrl]
      .filter((part) => part !== null && part !== "")
      .join("\n\n"),
    organizer: {
      name: localized(facts.organization, person.locale).text,
      email: sender.from.email,
    },
    attendee: { name: nameOf(facts), email: person.email },
    locale: person.locale,
  });
}

function nameOf({ person }: MessageFacts): string {
  return `${person.familyName} ${person.givenName}`;
}
