import { personName } from "@tsudoi/shared/person-name.ts";
import { LIVE_STATUSES } from "@tsudoi/shared/registrations.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { ONLY_GENERATION } from "#core/auth/authorise-link.ts";
import { calendarEntry } from "#core/calendars/calendar-entry.ts";
import { entryFacts } from "#core/calendars/entry-facts.ts";
import type { Links } from "#core/platform/links.ts";
import type { Mail } from "#core/platform/mail.ts";
import type { MailAddress } from "#core/platform/mail-address.ts";
import type { EventLinks, Letter, LetterLinks } from "./letters/letter.ts";
import { EVENT_LETTERS, LETTERS } from "./letters/letters.ts";
import { letterHtml, letterText } from "./mail-layout.ts";
import type { AnyFacts, MessageFacts } from "./message-facts.ts";

export type Sender = {
  publicUrl: string;
  from: MailAddress;
  links: Links;
  now: Date;
};

/** The mail that tells a message in its reader's language; nothing where it is no longer true. */
export function writeMail(facts: AnyFacts, sender: Sender): Mail | undefined {
  const letter = letterOf(facts, sender);
  if (letter === undefined) return undefined;
  return {
    messageId: `<${facts.notificationId}@tsudoi>`,
    template: letter.template,
    to: { name: personName(facts.person), address: facts.person.email },
    subject: letter.subject,
    text: letterText(facts, letter),
    html: letterHtml(facts, letter),
    ...withEntry(facts, sender, letter.calendar),
  };
}

function letterOf(facts: AnyFacts, sender: Sender): Letter | undefined {
  const { now } = sender;
  const links = eventLinks(facts, sender);
  if (facts.registration === null) return EVENT_LETTERS[facts.kind](facts, { links, now });
  if (isOvertaken(facts) || isOutdated(facts)) return undefined;
  return LETTERS[facts.kind](facts, { links: { ...links, ...ownLinks(facts, sender) }, now });
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

function eventLinks({ event }: AnyFacts, { publicUrl }: Sender): EventLinks {
  const url = (path: string) => new URL(path, publicUrl).href;
  return {
    event: url(`/events/${event.id}`),
    draw: url(`/events/${event.id}/draw`),
    manage: url(`/organize/events/${event.id}`),
  };
}

/** They act for one registration, and do nothing before their page's button is pressed. */
function ownLinks(
  { organizationId, registration }: MessageFacts,
  { publicUrl, links }: Sender,
): Omit<LetterLinks, keyof EventLinks> {
  const about = { organizationId, id: registration.id, generation: ONLY_GENERATION };
  const url = (purpose: "offer" | "leave") =>
    new URL(`/${purpose}/${links.sign(purpose, about)}`, publicUrl).href;
  return { offer: url("offer"), leave: url("leave") };
}

/** Only a registration is an entry of somebody's calendar. */
function withEntry(
  facts: AnyFacts,
  sender: Sender,
  method: Letter["calendar"],
): Pick<Mail, "calendar"> {
  if (method === undefined || facts.registration === null) return {};
  return { calendar: { method, content: entryOf(facts, sender, method) } };
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
    attendee: { name: personName(person), email: person.email },
    locale: person.locale,
  });
}
