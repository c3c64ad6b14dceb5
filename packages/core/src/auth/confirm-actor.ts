import { DomainError } from "@tsudoi/shared/errors.ts";
import { sql } from "drizzle-orm";
import type { Context, UserActor } from "#core/db/context.ts";
import { requireUser } from "./require-user.ts";

/**
 * The caller as the database knows them now, for whatever writes: a role taken away, an account disabled
 * and a session ended count at once, however long the access token still lasts.
 */
export async function confirmActor(ctx: Context): Promise<Context & { actor: UserActor }> {
  const actor = requireUser(ctx);
  const [now] = await ctx.db.execute<Pick<UserActor, "role">>(sql`
    select role from users
    where organization_id = ${actor.organizationId} and id = ${actor.userId} and disabled_at is null
      and not exists (
        select 1 from sessions
        where organization_id = ${actor.organizationId} and id = ${actor.sessionId}
          and revoked_at is not null
      )`);
  if (now === undefined) throw new DomainError("NOT_SIGNED_IN");
  return { ...ctx, actor: { ...actor, role: now.role } };
}
