import type { InvitationPage, ListInvitationsInput } from "@tsudoi/shared/invitations.ts";
import { requireUser } from "#core/auth/require-user.ts";
import type { Context } from "#core/db/context.ts";
import { writeCursor } from "#core/db/cursor.ts";
import { authoriseForEvent } from "./authorise-for-event.ts";
import { selectInvitations } from "./select-invitations.ts";

/** Who is invited, for whoever sees the event's people; by address. */
export async function listInvitations(
  ctx: Context,
  input: ListInvitationsInput,
): Promise<InvitationPage> {
  const asking = { ...ctx, actor: requireUser(ctx) };
  const actor = await authoriseForEvent(asking, "registrations.list-for-event", input.eventId);
  const rows = await selectInvitations(ctx, actor.organizationId, input);
  const items = rows.slice(0, input.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
    nextCursor: rows.length > input.limit && last !== undefined ? writeCursor([last.email]) : null,
  };
}
