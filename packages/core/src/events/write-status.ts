import { and, eq, inArray, sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { forgetEvent } from "./cache.ts";
import type { EventRow } from "./lock-events.ts";

type StatusChange = {
  rows: EventRow[];
  /** The verb that does it, as the audit log names it. */
  action: string;
  set: Partial<Pick<EventRow, "status" | "publishedAt" | "cancelledAt" | "cancelReason">>;
  /** Whether calendars are to show it. */
  inCalendars?: boolean;
  details?: (row: EventRow) => Record<string, string>;
};

/** Locked events take a new status together, in one statement however many, with their rows in the log. */
export async function writeStatus(
  tx: Context & { actor: UserActor },
  { rows, action, set, inCalendars = false, details }: StatusChange,
): Promise<void> {
  const { organizationId, userId } = tx.actor;
  const ids = rows.map(({ id }) => id);
  await tx.db
    .update(events)
    .set({
      ...set,
      version: sql`${events.version} + 1`,
      calendarSequence: sql`${events.calendarSequence} + ${inCalendars ? 1 : 0}`,
      updatedAt: tx.now(),
    })
    .where(and(eq(events.organizationId, organizationId), inArray(events.id, ids)));
  const entry = { organizationId, actorId: userId, action, entity: "event" };
  await recordAudit(
    tx,
    rows.map((row) => ({ ...entry, entityId: row.id, details: details?.(row) ?? {} })),
  );
  for (const eventId of ids) tx.afterCommit?.(() => forgetEvent(tx, { organizationId, eventId }));
}
