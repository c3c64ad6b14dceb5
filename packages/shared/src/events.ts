import * as z from "zod/mini";
import { Id } from "./ids.ts";
import { Cursor, Limit, type Page } from "./paging.ts";
import type { EventRole } from "./permissions.ts";
import type { Question } from "./questions.ts";
import type { EndedBy, RegistrationStatus } from "./registrations.ts";
import { type Localized, line } from "./text.ts";
import { Instant } from "./time.ts";
import type { LocationReaders } from "./way-in.ts";

export const EVENT_STATUSES = ["draft", "published", "closed", "cancelled", "archived"] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

export const WAITLIST_MODES = ["none", "automatic", "offer"] as const;
export type WaitlistMode = (typeof WAITLIST_MODES)[number];
export const DEFAULT_OFFER_HOURS = 12;

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

export const ListEventsInput = z.strictObject({
  cursor: Cursor,
  limit: Limit,
  category: z.optional(CategorySlug),
  status: z.optional(z.enum(EVENT_STATUSES)),
  from: z.optional(Instant),
  to: z.optional(Instant),
  seriesId: z.optional(Id),
  text: z.optional(line(100)),
  scope: z._default(z.enum(EVENT_SCOPES), "open"),
  /** By the end: what runs now is still upcoming. */
  when: z.optional(z.enum(["upcoming", "past"])),
});
export type ListEventsInput = z.infer<typeof ListEventsInput>;

export const EventIdInput = z.strictObject({ eventId: Id });
export type EventIdInput = z.infer<typeof EventIdInput>;

/** A picture of an event. Its address works for a day or two, for whoever was told it. */
export type Cover = { url: string; width: number; height: number };

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
  allocation: Allocation;
  /** When a lottery is drawn, and when it was. */
  drawAt: string | null;
  drawnAt: string | null;
  audience: Audience;
  /** Absent also where it is for confirmed people and the reader is none of them. */
  location: string | null;
  /** True when there is a place that the reader will see once confirmed. */
  hidesLocation: boolean;
  /** True when there is an online link; the link itself is for confirmed people. */
  online: boolean;
  department: Localized | null;
  seriesId: string | null;
  cover: Cover | null;
  registrationOpensAt: string;
  registrationClosesAt: string;
  myStatus?: RegistrationStatus;
  /** Who waits for a decision; only for who may list the event's people, and in lists of what they organise. */
  pendingCount?: number;
  /** The caller's own role in this event; of those in a list only where it is of what they organise. */
  myRole?: EventRole;
  /** Rises with every change of its registrations; with one's own, and with an event for who may list its people. */
  seq?: number;
};

/** One event as its page shows it. */
export type Event = EventSummary & {
  description: Localized;
  cancelUntil: string | null;
  /** What the organisers told everyone who was coming. */
  cancelReason: string | null;
  /** How long an offered seat is held. */
  offerHours: number;
  /** How many entered the draw; of a lottery only. */
  entrants: number | null;
  /** SHA-256 of the seed's bytes: known from publishing on, so that nobody can choose the seed afterwards. */
  drawHash: string | null;
  /** The seed itself, once it was used: whoever has it can draw again. */
  drawSeed: string | null;
  questions: Question[];
  answersUntil: string | null;
  /** Whom it is for, with all departments below them, where its audience is departments. */
  forDepartments: { id: string; name: Localized }[];
  organizers: { id: string; familyName: string; givenName: string; role: EventRole }[];
  /** Who sees where it is. */
  locationFor: LocationReaders;
  /** Only for confirmed people and who may edit the event. */
  onlineUrl?: string;
  myRegistration?: OwnRegistration;
  /** The caller's last one where none is live: how it ended, and what the organisers said. */
  endedRegistration?: EndedRegistration;
  version: number;
};

export type OwnRegistration = {
  id: string;
  status: RegistrationStatus;
  number: string;
  position?: number;
  /** Until when an offered seat is held. */
  offerExpiresAt?: string;
  /** Place in the order that was drawn, from 1. */
  drawRank?: number;
};

export type EndedRegistration = {
  id: string;
  status: RegistrationStatus;
  reason?: string;
  endedBy?: EndedBy;
};

export type EventPage = Page<EventSummary>;

/** From its end on, nobody can join it and nobody can be invited to it. */
export function isOver(event: Pick<EventSummary, "endsAt">, now: Date): boolean {
  return new Date(event.endsAt) <= now;
}

/** Whether publishing it now would open its registration: until then nobody can have registered. */
export function opensOnPublishing(
  event: Pick<EventSummary, "status" | "registrationOpensAt">,
  now: Date,
): boolean {
  return event.status === "draft" && new Date(event.registrationOpensAt) <= now;
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
