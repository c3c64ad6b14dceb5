import { LIVE_STATUSES, receiptNumber } from "@tsudoi/shared/registrations.ts";
import { type Locale, localized } from "@tsudoi/shared/text.ts";
import { wayIn } from "@tsudoi/shared/way-in.ts";
import type { AnyFacts, MessageFacts } from "#core/notifications/message-facts.ts";
import type { Action, EventPlace, Fact, Letter, LetterPlace } from "./letter.ts";
import { tellInstant, tellSpan } from "./times.ts";
import { WORDS } from "./words.ts";

export function titleOf({ event, person }: AnyFacts): string {
  return localized(event.title, person.locale).text;
}

/** What the letter is about; the online link is for those who have a seat, and so may be the place. */
export function aboutEvent(facts: AnyFacts): Fact[] {
  const { event, person, registration } = facts;
  const words = WORDS[person.locale];
  const { location, hidesLocation, onlineUrl } = wayIn(event, registration?.status === "confirmed");
  const place = hidesLocation && mayBeConfirmed(facts) ? words.onceConfirmed : location;
  return [
    { label: words.event, value: titleOf(facts) },
    { label: words.when, ...tellSpan(event, person) },
    ...fact(words.where, place),
    ...fact(words.online, onlineUrl),
  ];
}

function mayBeConfirmed(facts: AnyFacts): boolean {
  if (facts.registration === null) return facts.isInvited;
  const { status } = facts.registration;
  return LIVE_STATUSES.some((live) => live === status);
}

/** The event, and the reader's place in it. */
export function aboutRegistration(facts: MessageFacts): Fact[] {
  const { number, position } = facts.registration;
  const words = WORDS[facts.person.locale];
  return [
    ...aboutEvent(facts),
    { label: words.number, value: receiptNumber(number) },
    ...fact(words.position, position === null ? null : words.inLine(position)),
  ];
}

/** The same for whoever has a seat, with how long they can give it back. */
export function aboutSeat(facts: MessageFacts, place: LetterPlace): Fact[] {
  return [...aboutRegistration(facts), canLeave(facts, place)];
}

/** How long whoever has a seat can give it back. */
export function canLeave({ event, person }: MessageFacts, { now }: LetterPlace): Fact {
  const { cancelUntil, startsAt, timeZone } = event;
  const { leaving } = WORDS[person.locale];
  if (now >= (cancelUntil ?? startsAt)) return { label: leaving.label, value: leaving.late };
  if (cancelUntil === null) return { label: leaving.label, value: leaving.untilStart };
  const { value, ...told } = tellInstant(cancelUntil, timeZone, person);
  return { label: leaving.label, value: leaving.until(value), ...told };
}

/** The time by which whoever has an offer answers it. */
export function heldUntil({ event, person, registration }: MessageFacts): Fact[] {
  const { status, offerExpiresAt } = registration;
  if (status !== "offered" || offerExpiresAt === null) return [];
  const told = tellInstant(offerExpiresAt, event.timeZone, person);
  return [{ label: WORDS[person.locale].heldUntil, ...told }];
}

export function fact(label: string, value: string | null): Fact[] {
  return value === null ? [] : [{ label, value }];
}

export function seeEvent(facts: AnyFacts, { links }: EventPlace): Action {
  return { label: WORDS[facts.person.locale].seeEvent, url: links.event };
}

/** Whoever has a place can look the event up, and give the place back without signing in. */
export function withPlace(facts: MessageFacts, place: LetterPlace): Action[] {
  const leave = { label: WORDS[facts.person.locale].leave, url: place.links.leave };
  return [seeEvent(facts, place), ...(mayLeave(facts, place) ? [leave] : [])];
}

/** A seat until the deadline, a wait at any time; whoever has an offer answers that. */
function mayLeave({ event, registration }: MessageFacts, { now }: LetterPlace): boolean {
  const { status } = registration;
  if (status === "confirmed") return now < (event.cancelUntil ?? event.startsAt);
  return status === "waitlisted" || status === "pending";
}

/** What an organiser wrote about the change, if anything. */
export function fromOrganizer({ person, details }: MessageFacts): Letter["quote"] {
  return quote(person.locale, details?.reason);
}

export function quote(locale: Locale, text: unknown): Letter["quote"] {
  if (typeof text !== "string" || text === "") return undefined;
  return { label: WORDS[locale].fromOrganizer, text };
}

/** Whoever had a seat has it in their calendar. */
export function hadSeat({ details }: MessageFacts): boolean {
  return details?.from === "confirmed";
}
