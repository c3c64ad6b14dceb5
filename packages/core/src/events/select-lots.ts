import { and, asc, eq, gt, isNotNull, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";

type Key = { organizationId: string; eventId: string };

/** An event's lots in the order that was drawn, from a rank on. */
export function selectLots(
  ctx: Context,
  key: Key,
  { after, limit }: { after: number; limit: number },
) {
  return ctx.db
    .select({
      registrationId: registrations.id,
      rank: sql<number>`${registrations.drawRank}`,
      status: registrations.status,
    })
    .from(registrations)
    .where(
      and(
        eq(registrations.organizationId, key.organizationId),
        eq(registrations.eventId, key.eventId),
        isNotNull(registrations.drawRank),
        gt(registrations.drawRank, after),
      ),
    )
    .orderBy(asc(registrations.drawRank))
    .limit(limit);
}
