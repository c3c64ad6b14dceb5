import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { changeSeats } from "#core/registrations/change-seats.ts";
import { fitOffers } from "#core/registrations/fit-offers.ts";
import { planDraw } from "#core/registrations/plan-draw.ts";
import { MOST_PROMOTED } from "#core/registrations/seat-rules.ts";
import { forgetEvent } from "./cache.ts";
import { commonValues } from "./change-event.ts";
import { newDrawSeed } from "./draw-seed.ts";
import type { EventRow } from "./lock-events.ts";
import { planAnnouncements } from "./plan-announcements.ts";
import { type Changed, isAnnounced, isLive, naming } from "./refuse-change.ts";
import { writeDepartments } from "./write-departments.ts";

/** The rows of changed events with what follows from it: seats passed on, draws planned, people told, the log. */
export async function writeChanges(
  tx: Context & { actor: UserActor },
  changes: Changed[],
): Promise<void> {
  const { organizationId, userId } = tx.actor;
  if (changes.length === 0) return;
  await writeRows(tx, changes);
  await changeDepartments(tx, changes);
  // What one transaction may pass on is for all of them together.
  const most = Math.ceil(MOST_PROMOTED / changes.length);
  for (const change of changes) {
    await moveDraw(tx, change);
    await fitSeats(tx, change, most);
    const key = { organizationId, eventId: change.after.id };
    tx.afterCommit?.(() => forgetEvent(tx, key));
  }
  await planAnnouncements(tx, changes);
  await recordAudit(
    tx,
    changes.map(({ after, fields }) => ({
      organizationId,
      actorId: userId,
      action: "events.update",
      entity: "event",
      entityId: after.id,
      details: { version: after.version + 1, fields: fields.join(",") },
    })),
  );
}

/** In one statement: what is the same in all of them, and the times that each has of its own. */
async function writeRows(tx: Context & { actor: UserActor }, changes: Changed[]): Promise<void> {
  await tx.db
    .update(events)
    .set({
      ...commonValues(changes),
      startsAt: sql`own.starts_at`,
      endsAt: sql`own.ends_at`,
      registrationOpensAt: sql`own.registration_opens_at`,
      registrationClosesAt: sql`own.registration_closes_at`,
      cancelUntil: sql`own.cancel_until`,
      drawAt: sql`own.draw_at`,
      answersUntil: sql`own.answers_until`,
      drawSeed: sql`own.draw_seed`,
      calendarSequence: sql`own.calendar_sequence`,
      version: sql`${events.version} + 1`,
      updatedAt: tx.now(),
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(changes.map(ownValues))}::jsonb) as own (
        id uuid, starts_at timestamptz, ends_at timestamptz, registration_opens_at timestamptz,
        registration_closes_at timestamptz, cancel_until timestamptz, draw_at timestamptz,
        answers_until timestamptz, draw_seed text, calendar_sequence int)`,
    )
    .where(and(eq(events.organizationId, tx.actor.organizationId), eq(events.id, sql`own.id`)));
}

function ownValues(change: Changed) {
  const { before, after } = change;
  return {
    id: after.id,
    starts_at: after.startsAt,
    ends_at: after.endsAt,
    registration_opens_at: after.registrationOpensAt,
    registration_closes_at: after.registrationClosesAt,
    cancel_until: after.cancelUntil,
    draw_at: after.drawAt,
    answers_until: after.answersUntil,
    draw_seed: seedOf(before, after),
    calendar_sequence: before.calendarSequence + (isAnnounced(change) ? 1 : 0),
  };
}

/** A draft gets its seed when it is published: from then on its hash is seen. */
function seedOf(before: EventRow, after: EventRow): string | null {
  if (after.allocation !== "lottery") return null;
  return isLive(after) ? (before.drawSeed ?? newDrawSeed()) : before.drawSeed;
}

async function moveDraw(tx: Context, { after, fields }: Changed): Promise<void> {
  if (!isLive(after) || after.drawAt === null || !fields.includes("drawAt")) return;
  await planDraw(tx, { organizationId: after.organizationId, eventId: after.id }, after.drawAt);
}

/** The same in all of them, as it is no time. */
async function changeDepartments(
  tx: Context & { actor: UserActor },
  changes: Changed[],
): Promise<void> {
  const changed = changes.filter(({ fields }) => fields.includes("departmentIds"));
  const [first] = changed;
  if (first === undefined) return;
  await writeDepartments(tx, {
    organizationId: tx.actor.organizationId,
    eventIds: changed.map(({ after }) => after.id),
    departmentIds: first.after.departmentIds,
  });
}

/** Not below what is taken; what becomes free goes to who waits, and nothing is held beyond the beginning. */
async function fitSeats(tx: Context, { after, fields }: Changed, most: number): Promise<void> {
  const isMoved = fields.includes("startsAt") && isLive(after);
  if (!isMoved && !fields.includes("capacity")) return;
  const key = { organizationId: after.organizationId, eventId: after.id };
  try {
    await changeSeats(tx, key, {
      action: "events.update",
      most,
      async decide(event) {
        event.capacity = after.capacity;
        if (isMoved) await fitOffers(tx, key, event);
        return [];
      },
    });
  } catch (error) {
    throw naming(after.id, error);
  }
}
