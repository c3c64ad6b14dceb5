import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { events } from "#core/db/schema/events.ts";
import type { DraftColumns } from "./to-columns.ts";
import { writeDepartments } from "./write-departments.ts";

export type NewDrafts = {
  /** The verb that makes them, as the audit log names it. */
  action: string;
  rows: (DraftColumns & { departmentId: string | null })[];
  /** Whom they are for, where that is departments. */
  departmentIds: string[];
};

/** Drafts owned by whoever makes them, one statement for each table however many; in the order of time. */
export async function insertDrafts(
  tx: Context & { actor: UserActor },
  { action, rows, departmentIds }: NewDrafts,
): Promise<{ id: string; startsAt: Date }[]> {
  const { organizationId, userId } = tx.actor;
  const made = await tx.db
    .insert(events)
    .values(rows.map((row) => ({ ...row, organizationId, createdBy: userId })))
    .returning({ id: events.id, startsAt: events.startsAt });
  const owner = { organizationId, userId, role: "owner" as const };
  await tx.db.insert(eventOrganizers).values(made.map(({ id }) => ({ ...owner, eventId: id })));
  if (departmentIds.length > 0) {
    const eventIds = made.map(({ id }) => id);
    await writeDepartments(tx, { organizationId, eventIds, departmentIds });
  }
  await recordAudit(
    tx,
    made.map(({ id }) => ({
      organizationId,
      actorId: userId,
      action,
      entity: "event",
      entityId: id,
    })),
  );
  return made.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}
