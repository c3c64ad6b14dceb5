import { and, asc, isNull, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { users } from "#core/db/schema/users.ts";
import { itsPerson } from "./joins.ts";
import type { EventKey } from "./lock-event.ts";
import type { Held } from "./seat-rules.ts";
import { ofEvent } from "./waiting-places.ts";

/** The first of an event's queue who can be given a seat: whose account is disabled keeps their place and is passed by. */
export function findNext(tx: Context, key: EventKey, seats: number): Promise<Held[]> {
  return tx.db
    .select({ id: registrations.id, userId: registrations.userId, status: registrations.status })
    .from(registrations)
    .innerJoin(users, itsPerson)
    .where(and(ofEvent(key), sql`${registrations.status} = 'waitlisted'`, isNull(users.disabledAt)))
    .orderBy(asc(registrations.queueNo))
    .limit(seats);
}
