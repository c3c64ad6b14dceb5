import type { InvitationPage, ListInvitationsInput } from "@tsudoi/shared/invitations.ts";
import { and, asc, eq, gt } from "drizzle-orm";
import * as z from "zod/mini";
import { requireUser } from "#core/auth/require-user.ts";
import type { Context } from "#core/db/context.ts";
import { readCursor, writeCursor } from "#core/db/cursor.ts";
import { eventInvitations } from "#core/db/schema/event-invitations.ts";
import { authoriseForEvent } from "./authorise-for-event.ts";

const Position = z.tuple([z.string().check(z.maxLength(254))]);

/** Who is invited, for whoever sees the event's people; by address. */
export async function listInvitations(
  ctx: Context,
  input: ListInvitationsInput,
): Promise<InvitationPage> {
  const asking = { ...ctx, actor: requireUser(ctx) };
  const actor = await authoriseForEvent(asking, "registrations.list-for-event", input.eventId);
  const after = input.cursor === undefined ? undefined : readCursor(input.cursor, Position);
  const rows = await ctx.db
    .select({
      email: eventInvitations.email,
      via: eventInvitations.via,
      createdAt: eventInvitations.createdAt,
    })
    .from(eventInvitations)
    .where(
      and(
        eq(eventInvitations.organizationId, actor.organizationId),
        eq(eventInvitations.eventId, input.eventId),
        after === undefined ? undefined : gt(eventInvitations.email, after[0]),
      ),
    )
    .orderBy(asc(eventInvitations.email))
    .limit(input.limit + 1);
  const items = rows.slice(0, input.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
    nextCursor: rows.length > input.limit && last !== undefined ? writeCursor([last.email]) : null,
  };
}
