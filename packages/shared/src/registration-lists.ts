import * as z from "zod/mini";
import { Id } from "./ids.ts";
import { Cursor, Limit, type Page } from "./paging.ts";
import type { Answers } from "./questions.ts";
import { RegistrationFilter } from "./registration-exports.ts";
import type { EndedBy, RegistrationStatus } from "./registrations.ts";
import type { Localized } from "./text.ts";

export const ListForEventInput = z.strictObject({
  eventId: Id,
  ...RegistrationFilter.shape,
  cursor: Cursor,
  limit: Limit,
  /** By receipt number, or those who wait in the order of the queue. */
  order: z._default(z.enum(["number", "queue"]), "number"),
});
export type ListForEventInput = z.infer<typeof ListForEventInput>;

/** One of an event's people as its organisers see them. */
export type Attendee = {
  id: string;
  number: string;
  status: RegistrationStatus;
  person: {
    id: string;
    familyName: string;
    givenName: string;
    familyKana: string | null;
    givenKana: string | null;
    email: string;
  };
  /** Theirs when they registered. */
  department: Localized | null;
  registeredAt: string;
  /** In which order seats go to those who wait; absent for whom they pass by, as their account is disabled. */
  position?: number;
  offerExpiresAt?: string;
  drawRank?: number;
  reason?: string;
  endedBy?: EndedBy;
  answers: Answers;
};
export type AttendeePage = Page<Attendee>;

/** How many of an event's registrations stand where. */
export type AttendeeCounts = Record<RegistrationStatus, number>;
