import { and, eq } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { changeSeats } from "#core/registrations/change-seats.ts";
import { planDraw } from "#core/registrations/plan-draw.ts";
import { forgetEvent } from "./cache.ts";
import { columnsOf } from "./change-event.ts";
import { newDrawSeed } from "./draw-seed.ts";
import type { EventRow } from "./lock-events.ts";
import { planAnnouncements } from "./plan-announcements.ts";
import { type Changed, isAnnounced, isLive, naming } from "./refuse-change.ts";

/** The rows of changed events with what follows from it: seats passed on, draws planned, people told, the log. */
export async function writeChanges(
  tx: Context & { actor: UserActor },
  changes: Changed[],
): Promise<void> {
  const { organizationId, userId } = tx.actor;
  for (const change of changes) {
    await writeChange(tx, change);
    await moveDraw(tx, change);
    if (change.fields.includes("capacity")) await changeCapacity(tx, change);
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

async function writeChange(tx: Context, change: Changed): Promise<void> {
  const { before, after, fields } = change;
  const withoutSeats = fields.filter((field) => field !== "capacity");
  await tx.db
    .update(events)
    .set({
      ...columnsOf(after, withoutSeats),
      drawSeed: seedOf(before, after),
      version: before.version + 1,
      calendarSequence: before.calendarSequence + (isAnnounced(change) ? 1 : 0),
      updatedAt: tx.now(),
    })
    .where(and(eq(events.organizationId, after.organizationId), eq(events.id, after.id)));
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

/** Not below what is taken; what becomes free goes to who waits. */
async function changeCapacity(tx: Context, { after }: Changed): Promise<void> {
  const key = { organizationId: after.organizationId, eventId: after.id };
  try {
    await changeSeats(tx, key, {
      action: "events.update",
      decide(event) {
        event.capacity = after.capacity;
        return [];
      },
    });
  } catch (error) {
    throw naming(after.id, error);
  }
}
