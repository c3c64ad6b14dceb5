import * as z from "zod/mini";
import { Id } from "./ids.ts";
import { Cursor, Limit, type Page } from "./paging.ts";
import type { EventRole } from "./permissions.ts";
import type { RegistrationStatus } from "./registrations.ts";
import { type Localized, line, paragraph } from "./text.ts";
import { DAY, Instant, TimeZone } from "./time.ts";

export const EVENT_STATUSES = ["draft", "published", "closed", "cancelled", "archived"] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

export const WAITLIST_MODES = ["none", "automatic", "offer"] as const;
export type WaitlistMode = (typeof WAITLIST_MODES)[number];

/** How seats are given: in the order people come, or drawn by lot on a date. */
export const ALLOCATIONS = ["first_come", "lottery"] as const;
export type Allocation = (typeof ALLOCATIONS)[number];

/** Who may register: everyone, people of departments, or who is on the invite list. */
export const AUDIENCES = ["everyone", "departments", "invited"] as const;
export type Audience = (typeof AUDIENCES)[number];

export const EVENT_SCOPES = ["open", "mine", "organizing"] as const;
export type EventScope = (typeof EVENT_SCOPES)[number];

export const MAX_CAPACITY = 1_000_000;
/** Longer things are several events; lists rely on it to know where to start. */
export const MAX_EVENT_DAYS = 31;
export const CategorySlug = z
  .string()
  .check(z.maxLength(40), z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/));

const Title = z.strictObject({ ja: z._default(line(200), ""), en: z._default(line(200), "") });
const Description = z.strictObject({
  ja: z._default(paragraph(10_000), ""),
  en: z._default(paragraph(10_000), ""),
});
const HttpsUrl = z.url({ protocol: /^https$/, normalize: true }).check(z.maxLength(500));

/** What a draft needs: a title in one language, times, time zone and capacity. */
export const CreateEventInput = z
  .strictObject({
    title: Title,
    description: z._default(Description, { ja: "", en: "" }),
    category: z._default(CategorySlug, "seminar"),
    startsAt: Instant,
    endsAt: Instant,
    timeZone: TimeZone,
    capacity: z.int().check(z.gte(1), z.lte(MAX_CAPACITY)),
    location: z.optional(z.nullable(line(200))),
    onlineUrl: z.optional(z.nullable(HttpsUrl)),
    registrationOpensAt: z.optional(Instant),
    registrationClosesAt: z.optional(Instant),
    cancelUntil: z.optional(z.nullable(Instant)),
    waitlistMode: z._default(z.enum(WAITLIST_MODES), "automatic"),
    approval: z._default(z.boolean(), false),
  })
  .check(
    z.refine((input) => input.title.ja !== "" || input.title.en !== "", {
      path: ["title"],
      error: "a title in Japanese or English is needed",
    }),
    z.refine((input) => input.endsAt > input.startsAt, {
      path: ["endsAt"],
      error: "must be after startsAt",
      when: (payload) => hasValid(payload.value, "startsAt", "endsAt"),
    }),
    z.refine(
      (input) => Date.parse(input.endsAt) - Date.parse(input.startsAt) <= MAX_EVENT_DAYS * DAY,
      {
        path: ["endsAt"],
        error: `must be at most ${MAX_EVENT_DAYS} days after startsAt`,
        when: (payload) => hasValid(payload.value, "startsAt", "endsAt"),
      },
    ),
    z.refine((input) => (input.registrationClosesAt ?? input.startsAt) <= input.endsAt, {
      path: ["registrationClosesAt"],
      error: "must not be after endsAt",
      when: (payload) => hasValid(payload.value, "startsAt", "endsAt"),
    }),
    z.refine(
      (input) =>
        input.registrationOpensAt === undefined ||
        input.registrationOpensAt < (input.registrationClosesAt ?? input.startsAt),
      {
        path: ["registrationOpensAt"],
        error: "must be before registration closes",
        when: (payload) => hasValid(payload.value, "startsAt", "endsAt"),
      },
    ),
  );
export type CreateEventInput = z.infer<typeof CreateEventInput>;

function hasValid(value: unknown, ...keys: string[]): boolean {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map(Object.entries(value));
  return keys.every((key) => Instant.safeParse(fields.get(key)).success);
}

export const ListEventsInput = z.strictObject({
  cursor: Cursor,
  limit: Limit,
  category: z.optional(CategorySlug),
  status: z.optional(z.enum(EVENT_STATUSES)),
  from: z.optional(Instant),
  to: z.optional(Instant),
  text: z.optional(line(100)),
  scope: z._default(z.enum(EVENT_SCOPES), "open"),
  /** By the end: what runs now is still upcoming. */
  when: z.optional(z.enum(["upcoming", "past"])),
});
export type ListEventsInput = z.infer<typeof ListEventsInput>;

export const EventIdInput = z.strictObject({ eventId: Id });
export type EventIdInput = z.infer<typeof EventIdInput>;

export const PublishEventInput = z.strictObject({
  eventId: Id,
  /** Publishing with one language missing is a choice, shown by a badge. */
  allowMissingTranslation: z._default(z.boolean(), false),
});
export type PublishEventInput = z.infer<typeof PublishEventInput>;

/** One event as a list shows it. */
export type EventSummary = {
  id: string;
  title: Localized;
  category: { slug: string; name: Localized };
  status: EventStatus;
  startsAt: string;
  endsAt: string;
  timeZone: string;
  capacity: number;
  seatsTaken: number;
  waitlistLength: number;
  waitlistMode: WaitlistMode;
  approval: boolean;
  location: string | null;
  /** True when there is an online link; the link itself is for confirmed people. */
  online: boolean;
  department: Localized | null;
  registrationOpensAt: string;
  registrationClosesAt: string;
  myStatus?: RegistrationStatus;
};

/** One event as its page shows it. */
export type Event = EventSummary & {
  description: Localized;
  cancelUntil: string | null;
  organizers: { id: string; familyName: string; givenName: string; role: EventRole }[];
  /** Only for confirmed people and the event's organisers. */
  onlineUrl?: string;
  myRegistration?: { id: string; status: RegistrationStatus; position?: number; number: string };
  /** The caller's own role in this event. */
  myRole?: EventRole;
  version: number;
};

export type EventPage = Page<EventSummary>;

/** Languages in which the title or, where the other one has it, the description is missing. */
export function missingTranslations(event: {
  title: Localized;
  description: Localized;
}): ("ja" | "en")[] {
  return (["ja", "en"] as const).filter((locale) => {
    const other = locale === "ja" ? "en" : "ja";
    return (
      event.title[locale] === "" ||
      (event.description[locale] === "" && event.description[other] !== "")
    );
  });
}

/** From its end on, nobody can join it and nobody can be invited to it. */
export function isOver(event: Pick<EventSummary, "endsAt">, now: Date): boolean {
  return new Date(event.endsAt) <= now;
}

export type BookingState = "not_published" | "cancelled" | "not_open_yet" | "closed" | "open";

/** Whether an event takes registrations at an instant, whatever its seats. */
export function bookingState(
  event: Pick<EventSummary, "status" | "registrationOpensAt" | "registrationClosesAt">,
  now: Date,
): BookingState {
  if (event.status === "cancelled") return "cancelled";
  if (event.status === "draft") return "not_published";
  if (event.status !== "published") return "closed";
  if (now < new Date(event.registrationOpensAt)) return "not_open_yet";
  return now < new Date(event.registrationClosesAt) ? "open" : "closed";
}
