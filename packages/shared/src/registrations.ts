import * as z from "zod/mini";
import type { EventSummary } from "./events.ts";
import { Id } from "./ids.ts";
import { Cursor, Limit, type Page } from "./paging.ts";

export const REGISTRATION_STATUSES = [
  "pending",
  "confirmed",
  "waitlisted",
  "offered",
  "cancelled",
  "rejected",
  "declined",
  "expired",
] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/** A person holds at most one of these per event. */
export const LIVE_STATUSES = ["pending", "confirmed", "waitlisted", "offered"] as const;

/** Who ended a registration that was cancelled. */
export const ENDED_BY = ["attendee", "organizer", "event"] as const;
export type EndedBy = (typeof ENDED_BY)[number];

/** These hold one seat. */
export const SEATED_STATUSES = ["confirmed", "offered"] as const;

export const RegisterInput = z.strictObject({ eventId: Id });
export type RegisterInput = z.infer<typeof RegisterInput>;

export type RegisteredStatus = "confirmed" | "waitlisted" | "pending";

export type Registered = {
  registration: {
    id: string;
    eventId: string;
    status: RegisteredStatus;
    /** The number to say at the door (受付番号). */
    number: string;
    /** Place on the waitlist, from 1. */
    position?: number;
  };
};

export const ListMineInput = z.strictObject({
  cursor: Cursor,
  limit: Limit,
  when: z._default(z.enum(["upcoming", "past"]), "upcoming"),
});
export type ListMineInput = z.infer<typeof ListMineInput>;

export type MyRegistration = {
  id: string;
  status: RegistrationStatus;
  number: string;
  position?: number;
  registeredAt: string;
  event: EventSummary;
};
export type MyRegistrationPage = Page<MyRegistration>;

export const RegistrationIdInput = z.strictObject({ registrationId: Id });
export type RegistrationIdInput = z.infer<typeof RegistrationIdInput>;

/** The receipt number as people read it aloud. */
export function receiptNumber(number: number): string {
  return String(number).padStart(4, "0");
}

/** Free seats as people are told them, never below zero. */
export function seatsLeft(event: { capacity: number; seatsTaken: number }): number {
  return Math.max(0, event.capacity - event.seatsTaken);
}
