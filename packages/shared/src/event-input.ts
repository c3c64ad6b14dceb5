import * as z from "zod/mini";
import { EVENT_RULES, type EventFacts, type EventRule } from "./event-rules.ts";
import { Apply } from "./event-series.ts";
import {
  ALLOCATIONS,
  AUDIENCES,
  CategorySlug,
  DEFAULT_OFFER_HOURS,
  MAX_CAPACITY,
  WAITLIST_MODES,
} from "./events.ts";
import { Id } from "./ids.ts";
import { Questions } from "./questions.ts";
import { line, paragraph } from "./text.ts";
import { Instant, TimeZone } from "./time.ts";
import { LOCATION_READERS } from "./way-in.ts";

export const MAX_OFFER_HOURS = 168;
export const MAX_RRULE = 200;
export const MAX_DEPARTMENTS = 200;

/** Instants without which a rule says nothing; the others may be absent. */
const NEEDED = ["startsAt", "endsAt"];

const Title = z.strictObject({ ja: z._default(line(200), ""), en: z._default(line(200), "") });
const Description = z.strictObject({
  ja: z._default(paragraph(10_000), ""),
  en: z._default(paragraph(10_000), ""),
});
const HttpsUrl = z.url({ protocol: /^https$/, normalize: true }).check(z.maxLength(500));
const OptionalInstant = z.optional(z.nullable(Instant));
/** Each with all departments below it. */
const DepartmentIds = z.array(Id).check(z.maxLength(MAX_DEPARTMENTS));
const Capacity = z.int().check(z.gte(1), z.lte(MAX_CAPACITY));
const OfferHours = z.int().check(z.gte(1), z.lte(MAX_OFFER_HOURS));

/** What a draft needs: a title in one language, times, time zone and capacity. */
export const CreateEventInput = z
  .strictObject({
    title: Title,
    description: z._default(Description, { ja: "", en: "" }),
    category: z._default(CategorySlug, "seminar"),
    startsAt: Instant,
    endsAt: Instant,
    timeZone: TimeZone,
    capacity: Capacity,
    location: z.optional(z.nullable(line(200))),
    locationFor: z._default(z.enum(LOCATION_READERS), "everyone"),
    onlineUrl: z.optional(z.nullable(HttpsUrl)),
    registrationOpensAt: z.optional(Instant),
    /** Absent or `null`: when it starts, and with its start wherever that moves. */
    registrationClosesAt: OptionalInstant,
    cancelUntil: OptionalInstant,
    waitlistMode: z._default(z.enum(WAITLIST_MODES), "automatic"),
    /** How long an offered seat is held. */
    offerHours: z._default(OfferHours, DEFAULT_OFFER_HOURS),
    approval: z._default(z.boolean(), false),
    allocation: z._default(z.enum(ALLOCATIONS), "first_come"),
    drawAt: OptionalInstant,
    audience: z._default(z.enum(AUDIENCES), "everyone"),
    departmentIds: z._default(DepartmentIds, []),
    questions: z._default(Questions, []),
    /** Until when people may change their answers; absent: until registration closes. */
    answersUntil: OptionalInstant,
  })
  .check(...EVENT_RULES.map(toCheck));
export type CreateEventInput = z.infer<typeof CreateEventInput>;
/** As a client writes it: what has a default may be left out. */
export type NewEvent = z.input<typeof CreateEventInput>;

/** Fields that are absent stay as they are; `null` takes away. */
export const UpdateEventInput = z.strictObject({
  eventId: Id,
  /** Of the event that the change was made from. */
  version: z.int().check(z.gte(1), z.lte(2 ** 31 - 1)),
  apply: Apply,
  title: z.optional(z.strictObject({ ja: z.optional(line(200)), en: z.optional(line(200)) })),
  description: z.optional(
    z.strictObject({ ja: z.optional(paragraph(10_000)), en: z.optional(paragraph(10_000)) }),
  ),
  category: z.optional(CategorySlug),
  startsAt: z.optional(Instant),
  endsAt: z.optional(Instant),
  timeZone: z.optional(TimeZone),
  capacity: z.optional(Capacity),
  location: z.optional(z.nullable(line(200))),
  locationFor: z.optional(z.enum(LOCATION_READERS)),
  onlineUrl: z.optional(z.nullable(HttpsUrl)),
  registrationOpensAt: z.optional(Instant),
  /** `null`: when it starts. */
  registrationClosesAt: OptionalInstant,
  cancelUntil: OptionalInstant,
  waitlistMode: z.optional(z.enum(WAITLIST_MODES)),
  offerHours: z.optional(OfferHours),
  approval: z.optional(z.boolean()),
  allocation: z.optional(z.enum(ALLOCATIONS)),
  drawAt: OptionalInstant,
  audience: z.optional(z.enum(AUDIENCES)),
  departmentIds: z.optional(DepartmentIds),
  questions: z.optional(Questions),
  answersUntil: OptionalInstant,
});
export type UpdateEventInput = z.infer<typeof UpdateEventInput>;

export const PublishEventInput = z.strictObject({
  eventId: Id,
  /** Publishing with one language missing is a choice, shown by a badge. */
  allowMissingTranslation: z._default(z.boolean(), false),
  apply: Apply,
});
export type PublishEventInput = z.infer<typeof PublishEventInput>;

export const CancelEventInput = z.strictObject({
  eventId: Id,
  /** What everyone who was coming is told. */
  reason: z.optional(z.nullable(paragraph(1_000))),
  apply: Apply,
});
export type CancelEventInput = z.infer<typeof CancelEventInput>;

export const DiscardEventInput = z.strictObject({ eventId: Id, apply: Apply });
export type DiscardEventInput = z.infer<typeof DiscardEventInput>;

export const DuplicateEventInput = z.strictObject({
  eventId: Id,
  /** Absent: the same day of the week and time, in the first week that is still to come. */
  startsAt: z.optional(Instant),
});
export type DuplicateEventInput = z.infer<typeof DuplicateEventInput>;

/** An RRULE of RFC 5545; the time of day is the event's own. */
const Rrule = z.string().check(z.minLength(1), z.maxLength(MAX_RRULE), z.toUpperCase());

export const CreateSeriesInput = z.strictObject({ event: CreateEventInput, rrule: Rrule });
export type CreateSeriesInput = z.infer<typeof CreateSeriesInput>;

/** The drafts of a new series, in the order of time. */
export type CreatedSeries = { seriesId: string; events: { id: string; startsAt: string }[] };

function toCheck({ path, message, reads, holds }: EventRule) {
  const times = NEEDED.filter((field) => reads.some((read) => read === field));
  return z.refine<EventFacts>(holds, {
    path: [path],
    error: message,
    ...(times.length === 0 ? {} : { when: ({ value }) => hasValid(value, times) }),
  });
}

function hasValid(value: unknown, keys: string[]): boolean {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map(Object.entries(value));
  return keys.every((key) => Instant.safeParse(fields.get(key)).success);
}
