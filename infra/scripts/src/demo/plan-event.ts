import { randomUUIDv7 } from "node:crypto";
import type { Allocation } from "@tsudoi/shared/events.ts";
import type { Answers } from "@tsudoi/shared/questions.ts";
import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { DAY, HOUR, MINUTE } from "@tsudoi/shared/time.ts";
import { instantAt, workday } from "./calendar.ts";
import type { DemoEvent } from "./demo-event.ts";
import { TIME_ZONE } from "./organization.ts";
import { planDraw } from "./plan-draw.ts";

export type PlannedRegistration = {
  id: string;
  userId: string;
  status: RegistrationStatus;
  seq: number;
  number: number;
  queueNo: number | null;
  offerExpiresAt: Date | null;
  drawRank: number | null;
  answers: Answers | null;
  registeredAt: Date;
};

export type PlannedEvent = {
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  registrationOpensAt: Date;
  registrationClosesAt: Date;
  publishedAt: Date | null;
  seatsTaken: number;
  waitlistLength: number;
  pendingCount: number;
  seq: number;
  lastNumber: number;
  offersEndAt: Date | null;
  allocation: Allocation;
  drawAt: Date | null;
  drawSeed: string | null;
  drawnAt: Date | null;
  registrations: PlannedRegistration[];
};

export type Cast = { attendeeId: string; otherIds: string[]; now: Date; random: () => number };

/** An event's times and places as if people had come one by one: its counters are what its rows add up to. */
export function planEvent(event: DemoEvent, cast: Cast): PlannedEvent {
  const { answers = [] } = event;
  const times = timesOf(event, cast.now);
  const heldUntil = new Date(Math.min(cast.now.getTime() + OFFER_MS, times.startsAt.getTime()));
  const entries = placePeople(event, cast).map(
    (person, index, everyone): PlannedRegistration => ({
      ...person,
      id: randomUUIDv7(),
      seq: index + 1,
      number: index + 1,
      queueNo: person.status === "waitlisted" ? index + 1 : null,
      offerExpiresAt: person.status === "offered" ? heldUntil : null,
      drawRank: null,
      answers: answers[index % answers.length] ?? null,
      registeredAt: spread(times, cast.now, (index + 1) / (everyone.length + 1)),
    }),
  );
  const { registrations, ...draw } = planDraw(event, entries, cast.now);
  return {
    ...times,
    ...draw,
    publishedAt: event.status === "draft" ? null : times.registrationOpensAt,
    seatsTaken: count(registrations, "confirmed", "offered"),
    waitlistLength: count(registrations, "waitlisted"),
    pendingCount: count(registrations, "pending"),
    // Whoever is no longer what they were at first made a second change.
    seq: 2 * registrations.length,
    lastNumber: registrations.length,
    offersEndAt: count(registrations, "offered") > 0 ? heldUntil : null,
    registrations,
  };
}

/** A seat that is held while somebody looks at the demo. */
const OFFER_MS = 12 * HOUR;

const OPEN_DAYS = 28;
/** Also an event far ahead has people who came over the last days. */
const OPEN_SINCE_DAYS = 10;

function timesOf(event: DemoEvent, now: Date) {
  const timeZone = event.timeZone ?? TIME_ZONE;
  const at = (day: number, time: string) =>
    instantAt(`${workday(day, now, timeZone)}T${time}`, timeZone);
  const startsAt = at(event.workday, event.from);
  const openedAt = Math.min(
    startsAt.getTime() - OPEN_DAYS * DAY,
    now.getTime() - OPEN_SINCE_DAYS * DAY,
  );
  return {
    startsAt,
    endsAt: new Date(startsAt.getTime() + event.minutes * MINUTE),
    timeZone,
    registrationOpensAt:
      event.opensOnWorkday === undefined ? new Date(openedAt) : at(event.opensOnWorkday, "09:00"),
    registrationClosesAt: at(event.workday - 1, "17:00"),
  };
}

type Placed = { userId: string; status: RegistrationStatus };

/** Seats went to those who came first; whoever waits or is awaited came after them. */
function placePeople(event: DemoEvent, cast: Cast): Placed[] {
  const those = (...wanted: RegistrationStatus[]) =>
    wanted.flatMap((status) => repeat(status, event.people[status] ?? 0));
  const first = shuffle(those("confirmed", "cancelled", "rejected"), cast.random);
  const statuses = [...first, ...those("declined", "expired", "offered", "waitlisted", "pending")];
  const others = shuffle(cast.otherIds, cast.random);
  const own = event.attendee === undefined ? -1 : statuses.lastIndexOf(event.attendee);
  return statuses.map((status, index) => {
    const userId = index === own ? cast.attendeeId : others.pop();
    if (userId === undefined) throw new Error(`${event.title.en}: more places than people`);
    return { userId, status };
  });
}

function repeat(status: RegistrationStatus, times: number): RegistrationStatus[] {
  return Array.from({ length: times }, () => status);
}

function count(registrations: PlannedRegistration[], ...statuses: RegistrationStatus[]): number {
  return registrations.filter(({ status }) => statuses.includes(status)).length;
}

function spread(
  times: { registrationOpensAt: Date; registrationClosesAt: Date },
  now: Date,
  share: number,
): Date {
  const from = times.registrationOpensAt.getTime();
  const to = Math.min(times.registrationClosesAt.getTime(), now.getTime() - HOUR);
  return new Date(Math.round(from + (to - from) * share));
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const item = shuffled[last] as T;
    shuffled[last] = shuffled[other] as T;
    shuffled[other] = item;
  }
  return shuffled;
}
