import type { Allocation, Audience, EventStatus, WaitlistMode } from "@tsudoi/shared/events.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import { and, eq } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";

export type EventKey = { organizationId: string; eventId: string };

/** An event's row as it stands under its lock: what is decided about its seats is decided from this. */
export type LockedEvent = {
  id: string;
  status: EventStatus;
  audience: Audience;
  startsAt: Date;
  endsAt: Date;
  registrationOpensAt: Date;
  registrationClosesAt: Date;
  cancelUntil: Date | null;
  capacity: number;
  seatsTaken: number;
  waitlistLength: number;
  /** How many of them no seat can be passed to, once that was found out under the lock. */
  disabledWaiting?: number;
  pendingCount: number;
  waitlistMode: WaitlistMode;
  approval: boolean;
  offerHours: number;
  offersEndAt: Date | null;
  allocation: Allocation;
  drawAt: Date | null;
  drawSeed: string | null;
  drawnAt: Date | null;
  questions: Question[];
  answersUntil: Date | null;
  seq: number;
  lastNumber: number;
};

/** Whoever changes an event's seats waits here for whoever does so already; reads after it see all they wrote. */
export async function lockEvent(tx: Context, key: EventKey): Promise<LockedEvent | undefined> {
  const [event] = await tx.db
    .select({
      id: events.id,
      status: events.status,
      audience: events.audience,
      startsAt: events.startsAt,
      endsAt: events.endsAt,
      registrationOpensAt: events.registrationOpensAt,
      registrationClosesAt: events.registrationClosesAt,
      cancelUntil: events.cancelUntil,
      capacity: events.capacity,
      seatsTaken: events.seatsTaken,
      waitlistLength: events.waitlistLength,
      pendingCount: events.pendingCount,
      waitlistMode: events.waitlistMode,
      approval: events.approval,
      offerHours: events.offerHours,
      offersEndAt: events.offersEndAt,
      allocation: events.allocation,
      drawAt: events.drawAt,
      drawSeed: events.drawSeed,
      drawnAt: events.drawnAt,
      questions: events.questions,
      answersUntil: events.answersUntil,
      seq: events.seq,
      lastNumber: events.lastNumber,
    })
    .from(events)
    .where(and(eq(events.organizationId, key.organizationId), eq(events.id, key.eventId)))
    .for("update");
  return event;
}
