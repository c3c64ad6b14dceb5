import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

/** An event's open offers end at another time than they would, as if they had been made earlier. */
export async function hastenOffers(ctx: Context, eventId: string, end: Date): Promise<void> {
  const endsAt = end.toISOString();
  await ctx.db.execute(sql`
    with offers as (
      update registrations set offer_expires_at = ${endsAt}
      where event_id = ${eventId} and status = 'offered'
    ), event as (
      update events set offers_end_at = ${endsAt} where id = ${eventId}
    )
    update outbox set due_at = ${endsAt}, next_at = ${endsAt}
    where dedupe_key like ${`registrations.pass-seats:${eventId}:%`} and done_at is null`);
}
