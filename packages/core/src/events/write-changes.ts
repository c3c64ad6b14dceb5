import { DomainError } from "@tsudoi/shared/errors.ts";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { enqueue } from "#core/jobs/enqueue.ts";
import { admitPending } from "#core/registrations/admit-pending.ts";
import { changeSeats } from "#core/registrations/change-seats.ts";
import { fitOffers } from "#core/registrations/fit-offers.ts";
import { planDraws } from "#core/registrations/plan-draws.ts";
import { MOST_PROMOTED } from "#core/registrations/seat-rules.ts";
import { tooManyPending } from "#core/registrations/too-many-pending.ts";
import { forgetEvent } from "./cache.ts";
import { commonValues } from "./change-event.ts";
import { newDrawSeed } from "./draw-seed.ts";
import type { EventRow } from "./lock-events.ts";
import { planAnnouncements } from "./plan-announcements.ts";
import { planInvitations } from "./plan-invitations.ts";
import { type Changed, isAnnounced, isLive, naming } from "./refuse-change.ts";
import { writeDepartments } from "./write-departments.ts";

/**
 * The rows of changed events with what follows from it: seats passed on, draws planned, people told, the log. As many
 * statements for a hundred events as for two, unless people wait in them for an approval that is asked no more.
 */
export async function writeChanges(
  tx: Context & { actor: UserActor },
  changes: Changed[],
): Promise<void> {
  const { organizationId, userId } = tx.actor;
  const [first, ...others] = changes;
  if (first === undefined) return;
  if (others.length > 0) changes.forEach(refuseTaken);
  await writeRows(tx, changes);
  await changeDepartments(tx, changes);
  await moveDraws(tx, changes);
  await moveOffers(tx, changes);
  if (others.length > 0) await planPassing(tx, changes);
  for (const change of changesOfSeats(changes)) await fitSeats(tx, change);
  tx.afterCommit?.(() => {
    for (const { after } of changes) forgetEvent(tx, { organizationId, eventId: after.id });
  });
  await planAnnouncements(tx, changes);
  await planInvitations(tx, madeForInvited(changes));
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
      capacity: sql`own.capacity`,
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
        id uuid, starts_at timestamptz, ends_at timestamptz, capacity int, registration_opens_at timestamptz,
        registration_closes_at timestamptz, cancel_until timestamptz, draw_at timestamptz,
        answers_until timestamptz, draw_seed text, calendar_sequence int)`,
    )
    .where(and(eq(events.organizationId, tx.actor.organizationId), eq(events.id, sql`own.id`)));
}

function ownValues(change: Changed, _: number, { length }: Changed[]) {
  const { before, after } = change;
  return {
    id: after.id,
    starts_at: after.startsAt,
    ends_at: after.endsAt,
    // Of one alone it is changed together with its seats.
    capacity: (length === 1 ? before : after).capacity,
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

async function moveDraws(tx: Context, changes: Changed[]): Promise<void> {
  const moved = changes.filter(({ after, fields }) => isLive(after) && fields.includes("drawAt"));
  await planDraws(
    tx,
    moved.map(({ after }) => after),
  );
}

async function moveOffers(tx: Context & { actor: UserActor }, changes: Changed[]): Promise<void> {
  const moved = changes.filter(isMoved).map(({ after }) => after);
  await fitOffers(tx, tx.actor.organizationId, moved);
}

/** A list that was there before is asked to come by this alone. */
function madeForInvited(changes: Changed[]): EventRow[] {
  return changes
    .filter(({ after, fields }) => after.status === "published" && fields.includes("audience"))
    .map(({ after }) => after);
}

/** The last moment that a seat can be had may be another. */
function isMoved({ after, fields }: Changed): boolean {
  return isLive(after) && (fields.includes("startsAt") || fields.includes("registrationClosesAt"));
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

/** Those whose seats change with them: of several events only where somebody asked for approval. */
function changesOfSeats(changes: Changed[]): Changed[] {
  const admitting = changes.filter(({ before, after }) => !after.approval && asks(before));
  const pendingCount = admitting.reduce((sum, { after }) => sum + after.pendingCount, 0);
  const [first] = admitting;
  if (first && pendingCount > MOST_PROMOTED)
    throw naming(first.after.id, tooManyPending({ pendingCount }));
  if (changes.length > 1) return admitting;
  return changes.filter(
    (change) => isMoved(change) || change.fields.includes("capacity") || admitting.includes(change),
  );
}

function asks({ approval, pendingCount }: EventRow): boolean {
  return approval && pendingCount > 0;
}

/** Not below what is taken; whoever asked before is decided first, and what becomes free goes to who waits. */
async function fitSeats(tx: Context, { before, after }: Changed): Promise<void> {
  const key = { organizationId: after.organizationId, eventId: after.id };
  try {
    await changeSeats(tx, key, {
      action: "events.update",
      decide(event) {
        event.capacity = after.capacity;
        return asks(before) && !after.approval ? admitPending(tx, key, event) : [];
      },
    });
  } catch (error) {
    throw naming(after.id, error);
  }
}

/** Of several events: from the rows as they are under their locks. */
function refuseTaken({ after, fields }: Changed): void {
  const { seatsTaken, capacity } = after;
  if (!fields.includes("capacity") || capacity >= seatsTaken) return;
  throw naming(after.id, new DomainError("CAPACITY_BELOW_TAKEN", { fields: { seatsTaken } }));
}

/** Of several events each passes its seats on by itself, in a job: together they are more than one transaction's work. */
async function planPassing(tx: Context, changes: Changed[]): Promise<void> {
  const waited = changes.filter(
    (change) =>
      change.after.waitlistLength > 0 && (isMoved(change) || change.fields.includes("capacity")),
  );
  await enqueue(
    tx,
    "registrations.pass-seats",
    waited.map(({ after: { organizationId, id: eventId } }) => ({
      organizationId,
      payload: { eventId },
    })),
  );
}
