import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { drawLots } from "./draw-lots.ts";
import type { EventKey } from "./lock-event.ts";

/** What the clock does: a draw that was put off, held already, or belongs to an event that is off or over, is passed by. */
export async function drawWhenDue(tx: Context, key: EventKey): Promise<void> {
  const [due] = await tx.db.execute(sql`
    select 1 from events
    where organization_id = ${key.organizationId} and id = ${key.eventId}
      and status in ('published', 'closed') and allocation = 'lottery'
      and drawn_at is null and draw_at <= ${tx.now().toISOString()}
      and ends_at > ${tx.now().toISOString()}
    for update`);
  if (due !== undefined) await drawLots(tx, key);
}
