import { dayOf } from "@tsudoi/shared/dates.ts";
import type { NewEvent } from "@tsudoi/shared/event-input.ts";
import type { EventSummary, WaitlistMode } from "@tsudoi/shared/events.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import type { Localized } from "@tsudoi/shared/text.ts";
import { addDays, instantOf } from "#web/time/zoned.ts";

/** The form as it is typed: texts, not yet values. */
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
  approval: boolean;
  location: string;
  onlineUrl: string;
  questions: Question[];
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
    approval: false,
    location: "",
    onlineUrl: "",
    questions: [],
  };
}

/** What the API is asked to take. It judges: what is not filled in comes back as a problem at its field. */
export function toInput(draft: EventDraft): NewEvent {
  const { timeZone, category, waitlistMode, approval } = draft;
  return {
    title: { ja: draft.titleJa, en: draft.titleEn },
    description: { ja: draft.descriptionJa, en: draft.descriptionEn },
    category,
    ...timesOf(draft),
    timeZone,
    capacity: capacityOf(draft),
    location: draft.location.trim() || null,
    onlineUrl: draft.onlineUrl.trim() || null,
    waitlistMode,
    approval,
    questions: draft.questions,
  };
}

/** The instants that the form says; empty where it says none. */
export function timesOf({ date, from, endDate, to, timeZone }: EventDraft) {
  const at = (day: string, time: string) =>
    isTooFar(day) ? "" : (instantOf(`${day}T${time}`, timeZone) ?? "");
  return { startsAt: at(date, from), endsAt: at(endDate || date, to) };
}

/** The API takes any year; in a form it is a slip of the finger. */
const LAST_YEAR = 2099;

export function isTooFar(day: string): boolean {
  return Number.parseInt(day, 10) > LAST_YEAR;
}

/** Digits only: people write no 1e3. */
function capacityOf({ capacity }: EventDraft): number {
  return /^\d+$/.test(capacity.trim()) ? Number(capacity) : Number.NaN;
}

type Context = { category: Localized; placeholder: string; department: Localized | null };

/** The draft as a list would show it, as far as it is written. */
export function previewOf(draft: EventDraft, context: Context): EventSummary {
  const instant = new Date().toISOString();
  const times = timesOf(draft);
  const startsAt = times.startsAt || instant;
  const capacity = capacityOf(draft);
  const untitled = draft.titleJa === "" && draft.titleEn === "";
  const { placeholder } = context;
  return {
    id: "preview",
    title: untitled
      ? { ja: placeholder, en: placeholder }
      : { ja: draft.titleJa, en: draft.titleEn },
    category: { slug: draft.category, name: context.category },
    status: "published",
    startsAt,
    endsAt: times.endsAt || startsAt,
    timeZone: draft.timeZone,
    capacity: capacity > 0 ? capacity : 1,
    seatsTaken: 0,
    waitlistLength: 0,
    waitlistMode: draft.waitlistMode,
    approval: draft.approval,
    allocation: "first_come",
    location: draft.location.trim() || null,
    online: draft.onlineUrl.trim() !== "",
    department: context.department,
    seriesId: null,
    registrationOpensAt: instant,
    registrationClosesAt: startsAt,
  };
}
