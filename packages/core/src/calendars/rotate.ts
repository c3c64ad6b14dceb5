import { sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";

/** The caller's calendar gets another address; every one it ever had is dead from the commit on. */
export async function rotate(ctx: Context): Promise<{ generation: number }> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId, userId } = tx.actor;
    const [feed] = await tx.db.execute<{ generation: number }>(sql`
      insert into calendar_feeds (organization_id, user_id, generation)
      values (${organizationId}, ${userId}, 2)
      on conflict (organization_id, user_id) do update set generation = calendar_feeds.generation + 1
      returning generation`);
    if (feed === undefined) throw new Error("an upsert returned no row");
    await recordAudit(tx, [
      {
        organizationId,
        actorId: userId,
        action: "calendars.rotate",
        entity: "calendar",
        entityId: userId,
        details: feed,
      },
    ]);
    return feed;
  });
}
