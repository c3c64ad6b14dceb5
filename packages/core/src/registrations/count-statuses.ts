import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import type { EventKey } from "./lock-event.ts";
import { ofEvent } from "./waiting-places.ts";

/** The registrations of one event by their status, counted in an index. */
export function countStatuses({ db }: Context, key: EventKey) {
  return db
    .select({ status: registrations.status, count: sql<number>`count(*)::int` })
    .from(registrations)
    .where(ofEvent(key))
    .groupBy(registrations.status);
}
