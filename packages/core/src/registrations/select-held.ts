import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { users } from "#core/db/schema/users.ts";
import { itsPerson } from "./joins.ts";
import type { EventKey } from "./lock-event.ts";

/** Registrations of one event as a rule needs them; read them under its lock. */
export function selectHeld(tx: Context, { organizationId, eventId }: EventKey, which: SQL) {
  return tx.db
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
        eq(registrations.organizationId, organizationId),
        eq(registrations.eventId, eventId),
        which,
      ),
    );
}
