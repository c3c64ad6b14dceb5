import { formatSpan, zoneName } from "@tsudoi/shared/dates.ts";
import type { Allocation, EventStatus } from "@tsudoi/shared/events.ts";
import {
  LIVE_STATUSES,
  type RegistrationStatus,
  standingOf,
} from "@tsudoi/shared/registrations.ts";
import { type Locale, type Localized, localized } from "@tsudoi/shared/text.ts";
import { type LocationReaders, wayIn } from "@tsudoi/shared/way-in.ts";
import type { EntryFacts } from "./calendar-entry.ts";

/** A registration and its event, as the database has them. */
export type EntrySource = {
  registrationId: string;
  status: RegistrationStatus;
  updatedAt: Date;
  event: {
    id: string;
    status: EventStatus;
    allocation: Allocation;
    title: Localized;
    description: Localized;
    startsAt: Date;
    endsAt: Date;
    timeZone: string;
    location: string | null;
    locationFor: LocationReaders;
    onlineUrl: string | null;
    calendarSequence: number;
  };
};

/** Whose calendar it is. */
export type Reader = { locale: Locale; timeZone: string };

/** What a calendar shows of a registration: its state in the title, the way in as far as its owner is told. */
export function entryFacts(source: EntrySource, reader: Reader, publicUrl: string): EntryFacts {
  const { event } = source;
  const { locale } = reader;
  const state = stateOf(source);
  const title = localized(event.title, locale).text;
  const { location, onlineUrl: link } = wayIn(event, state === "confirmed");
  const mark = event.status === "cancelled" ? "calledOff" : markOf(state, event);
  const shown = mark === "confirmed" ? title : `${MARKS[locale][mark]}${title}`;
  return {
    registrationId: source.registrationId,
    sequence: event.calendarSequence,
    title: { ja: shown, en: shown },
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    stampedAt: source.updatedAt,
    place: location ?? link,
    url: new URL(`/events/${event.id}`, publicUrl).href,
    description: [whereZoned(event, reader), localized(event.description, locale).text, link]
      .filter((part) => part !== null && part !== "")
      .join("\n\n"),
    status: state === "confirmed" || state === "cancelled" ? state : "tentative",
  };
}

type State = (typeof LIVE_STATUSES)[number] | "cancelled";
type Mark = State | "entered";

function stateOf({ status, event }: EntrySource): State {
  const live = LIVE_STATUSES.find((each) => each === status);
  return live === undefined || event.status === "cancelled" ? "cancelled" : live;
}

function markOf(state: State, { allocation }: EntrySource["event"]): Mark {
  return state === "cancelled" ? state : standingOf(state, allocation);
}

/** Few calendars show that an entry is tentative, so its title says it. */
const MARKS: Record<Locale, Record<Exclude<Mark, "confirmed"> | "calledOff", string>> = {
  ja: {
    waitlisted: "【キャンセル待ち】",
    pending: "【承認待ち】",
    entered: "【抽選待ち】",
    offered: "【繰り上げのご案内】",
    cancelled: "【取り消し済み】",
    calledOff: "【中止】",
  },
  en: {
    waitlisted: "On the waitlist: ",
    pending: "Awaiting approval: ",
    entered: "Awaiting the draw: ",
    offered: "Seat offered: ",
    cancelled: "Registration cancelled: ",
    calledOff: "Event cancelled: ",
  },
};

/** The event's own time, for readers whose calendar shows another. */
function whereZoned(event: EntrySource["event"], { locale, timeZone }: Reader): string | null {
  if (event.timeZone === timeZone) return null;
  const startsAt = event.startsAt.toISOString();
  const span = { startsAt, endsAt: event.endsAt.toISOString(), timeZone: event.timeZone };
  return `${formatSpan(span, locale)} (${zoneName(event.timeZone, startsAt, locale)})`;
}
