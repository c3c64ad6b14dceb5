import { and, eq, inArray, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { users } from "#core/db/schema/users.ts";
import { itsPerson } from "./joins.ts";
import type { EventKey } from "./lock-event.ts";
import type { Held } from "./seat-rules.ts";

/** Those of this event as they stand, in the order asked for; read them under its lock. */
export async function findHeld(tx: Context, key: EventKey, ids: string[]): Promise<Held[]> {
  const rows = await tx.db
    .select({
      id: registrations.id,
      userId: registrations.userId,
      status: registrations.status,
      isDisabled: sql<boolean>`${users.disabledAt} is not null`,
    })
    .from(registrations)
    .innerJoin(users, itsPerson)
    .where(
      and(
        eq(registrations.organizationId, key.organizationId),
        eq(registrations.eventId, key.eventId),
        inArray(registrations.id, ids),
      ),
    );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
