import type { AttendeeCounts } from "@tsudoi/shared/registration-lists.ts";
import { REGISTRATION_STATUSES } from "@tsudoi/shared/registrations.ts";
import { requireUser } from "#core/auth/require-user.ts";
import type { Context } from "#core/db/context.ts";
import { authoriseForEvent } from "#core/events/authorise-for-event.ts";
import { countStatuses } from "./count-statuses.ts";

/** How many of an event's people stand where, counted in its index. */
export async function countForEvent(
  ctx: Context,
  { eventId }: { eventId: string },
): Promise<AttendeeCounts> {
  const caller = { ...ctx, actor: requireUser(ctx) };
  const actor = await authoriseForEvent(caller, "registrations.list-for-event", eventId);
  const rows = await countStatuses(ctx, { organizationId: actor.organizationId, eventId });
  const counts = new Map(rows.map((row) => [row.status, row.count]));
  const entries = REGISTRATION_STATUSES.map((status) => [status, counts.get(status) ?? 0]);
  return Object.fromEntries(entries) as AttendeeCounts;
}
