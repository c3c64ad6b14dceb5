import { and, eq, inArray, notExists, sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { files } from "#core/db/schema/files.ts";
import { forgetEvent } from "./cache.ts";
import type { EventRow } from "./lock-events.ts";

type CoverChange = {
  rows: EventRow[];
  /** The verb that does it, as the audit log names it. */
  action: string;
  coverId: string | null;
};

/** Locked events show another picture or none; those that no event shows any more are gone with the same commit. */
export async function writeCover(
  tx: Context & { actor: UserActor },
  { rows, action, coverId }: CoverChange,
): Promise<void> {
  const { organizationId, userId } = tx.actor;
  const ids = rows.map(({ id }) => id);
  await tx.db
    .update(events)
    .set({ coverId, version: sql`${events.version} + 1`, updatedAt: tx.now() })
    .where(and(eq(events.organizationId, organizationId), inArray(events.id, ids)));
  const old = new Set(rows.flatMap((row) => row.coverId ?? []));
  if (old.size > 0) await deleteUnused(tx, { organizationId, fileIds: [...old] });
  const entry = { organizationId, actorId: userId, action, entity: "event" };
  await recordAudit(
    tx,
    rows.map((row) => ({ ...entry, entityId: row.id, details: { version: row.version + 1 } })),
  );
  for (const eventId of ids) tx.afterCommit?.(() => forgetEvent(tx, { organizationId, eventId }));
}

/** What two changes leave at the same moment neither of them sees unused: the sweep does. */
async function deleteUnused(
  tx: Context,
  { organizationId, fileIds }: { organizationId: string; fileIds: string[] },
): Promise<void> {
  const showing = tx.db
    .select({ one: sql`1` })
    .from(events)
    .where(and(eq(events.organizationId, files.organizationId), eq(events.coverId, files.id)));
  await tx.db
    .delete(files)
    .where(
      and(eq(files.organizationId, organizationId), inArray(files.id, fileIds), notExists(showing)),
    );
}
