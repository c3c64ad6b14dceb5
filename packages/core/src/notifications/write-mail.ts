import { LIVE_STATUSES } from "@tsudoi/shared/registrations.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { ONLY_GENERATION } from "#core/auth/authorise-link.ts";
import { calendarEntry } from "#core/calendars/calendar-entry.ts";
import { entryFacts } from "#core/calendars/entry-facts.ts";
import type { Links } from "#core/platform/links.ts";
import type { Mail } from "#core/platform/mail.ts";
import type { MailAddress } from "#core/platform/mail-address.ts";
import type { LetterLinks } from "./letters/letter.ts";
import { LETTERS } from "./letters/letters.ts";
import { letterHtml, letterText } from "./mail-layout.ts";
import type { MessageFacts } from "./message-facts.ts";

export type Sender = {
  publicUrl: string;
  from: MailAddress;
  links: Links;
  now: Date;
};

/** The mail that tells a message in its reader's language; nothing where it is no longer true. */
export function writeMail(facts: MessageFacts, sender: Sender): Mail | undefined {
  if (isOvertaken(facts) || isOutdated(facts)) return undefined;
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

/** Every place of an event that is off ends, and that is told. */
function isOvertaken({ event, registration }: MessageFacts): boolean {
  const isLive = LIVE_STATUSES.some((status) => status === registration.status);
  return isLive && event.status === "cancelled";
}

/** Who stands elsewhere by now is told that by the letter of what brought them there. */
function isOutdated({ details, registration }: MessageFacts): boolean {
  const to = details?.to;
  return to !== undefined && to !== registration.status;
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
  const source = {
    registrationId: registration.id,
    status: registration.status,
    updatedAt: sender.now,
    event,
  };
  return calendarEntry({
    ...entryFacts(source, person, sender.publicUrl),
    method,
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
