import { requireUser } from "#core/auth/require-user.ts";
import type { Context } from "#core/db/context.ts";

/** Which of the links that an event had is meant. */
export type InviteLink = { eventId: string; generation: number };

/** What an invite link carries: derived, so that it can be shown again and is kept nowhere. */
export function inviteToken(ctx: Context, { eventId, generation }: InviteLink): string {
  const { organizationId } = requireUser(ctx);
  return ctx.tokens.links.sign("invite", { organizationId, id: eventId, generation });
}
