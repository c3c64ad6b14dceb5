import { DomainError } from "@tsudoi/shared/errors.ts";
import { MINUTE, SECOND } from "@tsudoi/shared/time.ts";
import { authorise } from "#core/auth/authorise.ts";
import type { Context } from "#core/db/context.ts";
import { hasEntry } from "./queries.ts";

/** Long enough to be clicked, too short to be passed on. */
const GOOD_FOR_MS = 10 * MINUTE;

/** A token that fetches one entry of the caller's calendar, for as long as a download takes to start. */
export async function getEntry(
  ctx: Context,
  input: { registrationId: string },
): Promise<{ token: string }> {
  const { organizationId, userId } = authorise(ctx, "events.browse");
  if (!(await hasEntry(ctx, { organizationId, userId, ...input }))) {
    throw new DomainError("NOT_FOUND");
  }
  const endsAt = Math.ceil((ctx.now().getTime() + GOOD_FOR_MS) / SECOND);
  const link = { organizationId, id: input.registrationId, generation: endsAt };
  return { token: ctx.tokens.links.sign("calendar-entry", link) };
}
