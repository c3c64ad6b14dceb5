import { authoriseSystem } from "#core/auth/authorise-system.ts";
import type { Context } from "#core/db/context.ts";
import { inPages } from "#core/jobs/in-pages.ts";
import type { EventKey } from "#core/registrations/lock-event.ts";
import { tellInvited } from "./tell-invited.ts";

/**
 * Everyone on the event's list who has an account is asked to come, once, however often this runs. False where people may
 * be left when its time is over: who has been told costs the next run nothing but a look.
 */
export async function announceInvitations(
  ctx: Context,
  { runMs, organizationId, eventId }: EventKey & { runMs?: number },
): Promise<boolean> {
  authoriseSystem(ctx);
  const left = await inPages<string>(ctx, { runMs }, (tx, after) =>
    tellInvited(tx, { organizationId, eventIds: [eventId], after }),
  );
  return left === undefined;
}
