import * as z from "zod/mini";
import type { EventStatus } from "./events.ts";
import { Id } from "./ids.ts";

/** As many as a screen shows, with room to scroll. */
export const MAX_WATCHED = 50;

const MAX_MARK = 200;

/** One event, or all those of a screen over one connection. */
export const WatchInput = z
  .strictObject({
    eventId: z.optional(Id),
    eventIds: z.optional(z.array(Id).check(z.minLength(1), z.maxLength(MAX_WATCHED))),
    /** The mark of the last message that arrived; clients of tRPC send it by themselves. */
    lastEventId: z.optional(z.string().check(z.maxLength(MAX_MARK))),
  })
  .check(
    z.refine((input) => (input.eventId === undefined) !== (input.eventIds === undefined), {
      path: ["eventId"],
      error: "either eventId or eventIds is needed",
    }),
  );
export type WatchInput = z.infer<typeof WatchInput>;

/** An event's seats as they are now, in one message. */
export type LiveSeats = {
  eventId: string;
  status: EventStatus;
  capacity: number;
  seatsTaken: number;
  waitlistLength: number;
  /** Rises with every change of seats. */
  seq: number;
  /** Rises with every edit of the event: who shows more of it than its seats reads it again. */
  version: number;
};

/** Tells two states of an event apart, and events too. */
export function markOf(seats: LiveSeats): string {
  const { eventId, status, capacity, seatsTaken, waitlistLength, seq, version } = seats;
  return [eventId, seq, version, status, seatsTaken, capacity, waitlistLength].join(":");
}
