import { sql } from "drizzle-orm";
import type { Db } from "#core/db/context.ts";
import { users } from "#core/db/schema/users.ts";
import { itsPerson } from "./joins.ts";

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
      isDisabled: sql<boolean>`${users.disabledAt} is not null`.as("is_disabled"),
    })
    .from(users)
    .where(itsPerson)
    .limit(1)
    .as("person");
}
