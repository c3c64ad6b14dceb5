import { requireUser } from "#core/auth/require-user.ts";
import type { Context } from "#core/db/context.ts";

/** The secret in the address of the caller's calendar: derived, so that it can be shown again and is kept nowhere. */
export function feedToken(ctx: Context, feed: { generation: number }): string {
  const { organizationId, userId } = requireUser(ctx);
  return ctx.tokens.links.sign("calendar", { organizationId, id: userId, ...feed });
}
