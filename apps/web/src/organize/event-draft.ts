import { dayOf } from "@tsudoi/shared/dates.ts";
import type { Audience, Event, WaitlistMode } from "@tsudoi/shared/events.ts";
import { DEFAULT_OFFER_HOURS, opensOnPublishing } from "@tsudoi/shared/events.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import type { LocationReaders } from "@tsudoi/shared/way-in.ts";
import { addDays, instantOf, localOf } from "#web/time/zoned.ts";
import { NO_REPEAT, type RepeatDraft } from "./repeat-rule.ts";

export const ADMISSIONS = ["first_come", "approval", "lottery"] as const;
/** How a person comes by a seat. */
export type Admission = (typeof ADMISSIONS)[number];

/** The form as it is typed: texts, not yet values. Times are those of the event's zone. */
export type EventDraft = {
  titleJa: string;
  titleEn: string;
  descriptionJa: string;
  descriptionEn: string;
  category: string;
  date: string;
  from: string;
  /** Empty until someone says that it ends on another day. */
  endDate: string;
  to: string;
  timeZone: string;
  capacity: string;
  waitlistMode: WaitlistMode;
  offerHours: string;
  admission: Admission;
  drawAt: string;
  audience: Audience;
  /** Each with all departments below it. */
  departmentIds: string[];
  location: string;
  locationFor: LocationReaders;
  onlineUrl: string;
  /** Empty: at once. */
  registrationOpens: string;
  /** Empty: when it starts. */
  registrationCloses: string;
  /** Empty: until it starts. */
  cancelUntil: string;
  /** Empty: until registration closes. */
  answersUntil: string;
  questions: Question[];
  /** Only of an event that is still to be made. */
  repeat: RepeatDraft;
};

/** In two weeks, one hour in the afternoon: rarely right, quickly changed. */
export function emptyDraft(timeZone: string, now: Date): EventDraft {
  return {
    titleJa: "",
    titleEn: "",
    descriptionJa: "",
    descriptionEn: "",
    category: "seminar",
    date: addDays(dayOf(now.toISOString(), timeZone), 14),
    from: "15:00",
    endDate: "",
    to: "16:00",
    timeZone,
    capacity: "30",
    waitlistMode: "automatic",
    offerHours: String(DEFAULT_OFFER_HOURS),
    admission: "first_come",
    drawAt: "",
    audience: "everyone",
    departmentIds: [],
    location: "",
    locationFor: "everyone",
    onlineUrl: "",
    registrationOpens: "",
    registrationCloses: "",
    cancelUntil: "",
    answersUntil: "",
    questions: [],
    repeat: NO_REPEAT,
  };
}

/** An event as its form shows it: the registration of a draft that is to open by then opens when it is published. */
export function draftOf(event: Event, now: Date): EventDraft {
  const { timeZone } = event;
  const at = (instant: string | null) => (instant === null ? "" : localOf(instant, timeZone));
  const [date = "", from = ""] = at(event.startsAt).split("T");
  const [endDate = "", to = ""] = at(event.endsAt).split("T");
  const isUntilStart = event.registrationClosesAt === event.startsAt;
  const firstCome = event.approval ? "approval" : "first_come";
  return {
    titleJa: event.title.ja,
    titleEn: event.title.en,
    descriptionJa: event.description.ja,
    descriptionEn: event.description.en,
    category: event.category.slug,
    date,
    from,
    endDate: endDate === date ? "" : endDate,
    to,
    timeZone,
    capacity: String(event.capacity),
    waitlistMode: event.waitlistMode,
    offerHours: String(event.offerHours),
    admission: event.allocation === "lottery" ? "lottery" : firstCome,
    drawAt: at(event.drawAt),
    audience: event.audience,
    departmentIds: event.forDepartments.map(({ id }) => id),
    location: event.location ?? "",
    locationFor: event.locationFor,
    onlineUrl: event.onlineUrl ?? "",
    registrationOpens: opensOnPublishing(event, now) ? "" : at(event.registrationOpensAt),
    registrationCloses: isUntilStart ? "" : at(event.registrationClosesAt),
    cancelUntil: at(event.cancelUntil),
    answersUntil: at(event.answersUntil),
    questions: event.questions,
    repeat: NO_REPEAT,
  };
}

/** The instants that the form says; empty where it says none. */
export function timesOf({ date, from, endDate, to, timeZone }: EventDraft) {
  const at = (day: string, time: string) => momentOf(`${day}T${time}`, timeZone);
  return { startsAt: at(date, from), endsAt: at(endDate || date, to) };
}

/** Empty where the form says no moment that a calendar has. */
export function momentOf(local: string, timeZone: string): string {
  return isTooFar(local) ? "" : (instantOf(local, timeZone) ?? "");
}

/** The API takes any year; in a form it is a slip of the finger. */
const LAST_YEAR = 2099;

export function isTooFar(day: string): boolean {
  return Number.parseInt(day, 10) > LAST_YEAR;
}

/** The fields in which one form differs from another. */
export function changedIn(one: EventDraft, other: EventDraft): (keyof EventDraft)[] {
  const fields = Object.keys(one) as (keyof EventDraft)[];
  return fields.filter((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]));
}

/** Another form with the changes that were made from one to the next put on top. */
export function rebased(
  draft: EventDraft,
  { from, onto }: { from: EventDraft; onto: EventDraft },
): EventDraft {
  const mine = changedIn(from, draft).map((field) => [field, draft[field]]);
  return { ...onto, ...Object.fromEntries(mine) };
}
