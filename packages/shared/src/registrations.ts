import * as z from "zod/mini";
import { Email } from "./accounts.ts";
import type { Reason as ErrorReason } from "./errors.ts";
import type { Allocation, EventSummary } from "./events.ts";
import { Id } from "./ids.ts";
import { Cursor, Limit, type Page } from "./paging.ts";
import { Answers } from "./questions.ts";
import { line } from "./text.ts";

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

/** Where a registration stands as people are told: who is in a lottery waits for the draw, and for nobody's approval. */
export type Standing = RegistrationStatus | "entered";

export function standingOf<Status extends RegistrationStatus>(
  status: Status,
  allocation: Allocation,
): Status | "entered" {
  return status === "pending" && allocation === "lottery" ? "entered" : status;
}

/** A person holds at most one of these per event. */
export const LIVE_STATUSES = ["pending", "confirmed", "waitlisted", "offered"] as const;

/** Who ended a registration that was cancelled. */
export const ENDED_BY = ["attendee", "organizer", "event"] as const;
export type EndedBy = (typeof ENDED_BY)[number];

/** These hold one seat. */
export const SEATED_STATUSES = ["confirmed", "offered"] as const;

export const RegisterInput = z.strictObject({ eventId: Id, answers: z.optional(Answers) });
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

/** A registration as a change left it. */
export type RegistrationChange = {
  registration: {
    id: string;
    eventId: string;
    status: RegistrationStatus;
    number: string;
    position?: number;
    offerExpiresAt?: string;
  };
};

export const ListMineInput = z.strictObject({
  cursor: Cursor,
  limit: Limit,
  when: z._default(z.enum(["upcoming", "past"]), "upcoming"),
  statuses: z.optional(
    z
      .array(z.enum(REGISTRATION_STATUSES))
      .check(z.minLength(1), z.maxLength(REGISTRATION_STATUSES.length)),
  ),
});
export type ListMineInput = z.infer<typeof ListMineInput>;

export type MyRegistration = {
  id: string;
  status: RegistrationStatus;
  number: string;
  position?: number;
  /** Until when an offered seat is held. */
  offerExpiresAt?: string;
  /** What the organisers said with their decision. */
  reason?: string;
  endedBy?: EndedBy;
  /** Until when a seat can be given back. */
  cancelUntil: string;
  /** Until when answers can be changed; only where the event asks something. */
  answersUntil?: string;
  registeredAt: string;
  event: EventSummary;
  /** Only of one registration, and only where the event asked something. */
  answers?: Answers;
};
export type MyRegistrationPage = Page<MyRegistration>;

export const RegistrationIdInput = z.strictObject({ registrationId: Id });
export type RegistrationIdInput = z.infer<typeof RegistrationIdInput>;

export const UpdateRegistrationInput = z.strictObject({ registrationId: Id, answers: Answers });
export type UpdateRegistrationInput = z.infer<typeof UpdateRegistrationInput>;

/** What an organiser tells the person a decision is about. */
const Reason = z.optional(line(500));

export const CancelInput = z.strictObject({ registrationId: Id, reason: Reason });
export type CancelInput = z.infer<typeof CancelInput>;

export const DecideInput = z.strictObject({ registrationId: Id, reason: Reason });
export type DecideInput = z.infer<typeof DecideInput>;

export const MAX_DECISIONS = 100;
export const DECISIONS = ["approve", "reject", "cancel", "seat"] as const;
export const DecideManyInput = z.strictObject({
  eventId: Id,
  registrationIds: z.array(Id).check(z.minLength(1), z.maxLength(MAX_DECISIONS)),
  decision: z.enum(DECISIONS),
  reason: Reason,
});
export type DecideManyInput = z.infer<typeof DecideManyInput>;

/** Those that were refused are named with their reason; all others are done. */
export type DecidedMany = {
  done: number;
  refused: { registrationId: string; reason: ErrorReason }[];
};

/** What undoes a move within the queue: the place there was, as long as nothing has happened since. */
export type MoveUndo = { queueNo: number; seq: number };
const MoveUndo = z.strictObject({ queueNo: z.int(), seq: z.int() });

/** A seat past the others, another place in the queue, or back to the one before. */
export const MoveInput = z
  .strictObject({
    registrationId: Id,
    to: z.enum(["confirmed", "first", "last", "back"]),
    undo: z.optional(MoveUndo),
  })
  .check(
    z.refine((input) => (input.to === "back") === (input.undo !== undefined), {
      path: ["undo"],
      error: "goes with back, and back with it",
    }),
  );
export type MoveInput = z.infer<typeof MoveInput>;

export type Moved = RegistrationChange & { undo?: MoveUndo };

export const AddInput = z.strictObject({
  eventId: Id,
  email: Email,
  to: z._default(z.enum(["confirmed", "waitlisted"]), "confirmed"),
});
export type AddInput = z.infer<typeof AddInput>;

/** The receipt number as people read it aloud. */
export function receiptNumber(number: number): string {
  return String(number).padStart(4, "0");
}

/** Free seats as people are told them, never below zero. */
export function seatsLeft(event: { capacity: number; seatsTaken: number }): number {
  return Math.max(0, event.capacity - event.seatsTaken);
}
