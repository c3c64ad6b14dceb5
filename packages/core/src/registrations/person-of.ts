import { and, eq } from "drizzle-orm";
import type { Db } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { users } from "#core/db/schema/users.ts";

/**
 * The person of each registration, found by their key: where people are few a planner would read all of them for a
 * page, and where it has no statistics it cannot know.
 */
export function personOf(db: Pick<Db, "select">) {
  return db
    .select({
      id: users.id,
      familyName: users.familyName,
      givenName: users.givenName,
      familyKana: users.familyKana,
      givenKana: users.givenKana,
      email: users.email,
      searchText: users.searchText,
    })
    .from(users)
    .where(
      and(
        eq(users.organizationId, registrations.organizationId),
        eq(users.id, registrations.userId),
      ),
    )
    .limit(1)
    .as("person");
}
