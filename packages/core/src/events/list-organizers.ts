import { DomainError } from "@tsudoi/shared/errors.ts";
import type { ListOrganizersInput, OrganizerPage } from "@tsudoi/shared/event-organizers.ts";
import { and, asc, eq, sql } from "drizzle-orm";
import { requireUser } from "#core/auth/require-user.ts";
import type { Context } from "#core/db/context.ts";
import { readCursor, TimeAndId, writeCursor } from "#core/db/cursor.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { users } from "#core/db/schema/users.ts";
import { authoriseForEvent } from "./authorise-for-event.ts";

/** By the rule that refuses to take the last one away. */
const isLastOwner = sql<boolean>`${eventOrganizers.role} = 'owner' and not exists (
  select 1
  from event_organizers other
  join users u on u.organization_id = other.organization_id and u.id = other.user_id
  where other.organization_id = ${eventOrganizers.organizationId}
    and other.event_id = ${eventOrganizers.eventId} and other.user_id <> ${eventOrganizers.userId}
    and other.role = 'owner' and u.disabled_at is null)`;

/** Who helps with an event, for whoever does; the longest-serving first. */
export async function listOrganizers(
  ctx: Context,
  input: ListOrganizersInput,
): Promise<OrganizerPage> {
  const asking = { ...ctx, actor: requireUser(ctx) };
  const actor = await authoriseForEvent(asking, "events.view-draft", input.eventId);
  const rows = await ctx.db
    .select({
      id: users.id,
      familyName: users.familyName,
      givenName: users.givenName,
      email: users.email,
      role: eventOrganizers.role,
      createdAt: eventOrganizers.createdAt,
      isLastOwner,
    })
    .from(eventOrganizers)
    .innerJoin(
      users,
      and(
        eq(users.organizationId, eventOrganizers.organizationId),
        eq(users.id, eventOrganizers.userId),
      ),
    )
    .where(
      and(
        eq(eventOrganizers.organizationId, actor.organizationId),
        eq(eventOrganizers.eventId, input.eventId),
        after(input.cursor),
      ),
    )
    .orderBy(asc(eventOrganizers.createdAt), asc(eventOrganizers.userId))
    .limit(input.limit + 1);
  // An event has an owner: where nobody helps, there is none.
  if (rows.length === 0 && input.cursor === undefined) throw new DomainError("NOT_FOUND");
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ createdAt: _, ...organizer }) => organizer),
    nextCursor:
      rows.length > input.limit && last !== undefined
        ? writeCursor([last.createdAt.getTime(), last.id])
        : null,
  };
}

function after(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const [createdAt, id] = readCursor(cursor, TimeAndId);
  const at = new Date(createdAt).toISOString();
  return sql`(${eventOrganizers.createdAt}, ${eventOrganizers.userId}) > (${at}::timestamptz, ${id}::uuid)`;
}
