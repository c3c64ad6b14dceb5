import type { ListInvitationsInput } from "@tsudoi/shared/invitations.ts";
import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import * as z from "zod/mini";
import type { Context } from "#core/db/context.ts";
import { readCursor } from "#core/db/cursor.ts";
import { patternsOf } from "#core/db/patterns-of.ts";
import { eventInvitations } from "#core/db/schema/event-invitations.ts";

const Position = z.tuple([z.string().check(z.maxLength(254))]);

/** One statement: a page of an event's list and one more, to know whether there is another page. */
export function selectInvitations(
  { db }: Context,
  organizationId: string,
  { eventId, text, cursor, limit }: ListInvitationsInput,
) {
  const after = cursor === undefined ? undefined : readCursor(cursor, Position);
  return db
    .select({
      email: eventInvitations.email,
      via: eventInvitations.via,
      createdAt: eventInvitations.createdAt,
    })
    .from(eventInvitations)
    .where(
      and(
        eq(eventInvitations.organizationId, organizationId),
        eq(eventInvitations.eventId, eventId),
        after === undefined ? undefined : gt(eventInvitations.email, after[0]),
        hasWords(text),
      ),
    )
    .orderBy(asc(eventInvitations.email))
    .limit(limit + 1);
}

/** In the address, or in the name of whose it is. */
function hasWords(text: string | undefined): SQL | undefined {
  const patterns = patternsOf(text);
  if (patterns.length === 0) return undefined;
  return sql`coalesce((
    select person.search_text from users person
    where person.organization_id = event_invitations.organization_id
      and person.email = event_invitations.email
  ), event_invitations.email) ~ all(${sql.param(patterns)}::text[])`;
}
