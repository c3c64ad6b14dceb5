import { DomainError } from "@tsudoi/shared/errors.ts";
import { and, eq, gt, isNull } from "drizzle-orm";
import type { Context, UserActor } from "#core/db/context.ts";
import { oneTimeTokens } from "#core/db/schema/one-time-tokens.ts";
import { confirmActor } from "./confirm-actor.ts";
import { hashLinkToken } from "./hash-link-token.ts";

type Spent = { tx: Context & { actor: UserActor }; details: Record<string, unknown> };

/**
 * Of all who come with a token the first alone gets what it opens, as the person it was made for and with what they
 * may do now; whoever comes with it as somebody else gets nothing and takes nothing away.
 */
export async function spendOneTimeToken(
  ctx: Context,
  { purpose, token }: { purpose: "export"; token: string },
): Promise<Spent> {
  const bearer = ctx.actor.kind === "user" ? ctx.actor : undefined;
  const [spent] = await ctx.db
    .update(oneTimeTokens)
    .set({ usedAt: ctx.now() })
    .where(
      and(
        eq(oneTimeTokens.tokenHash, hashLinkToken(token)),
        eq(oneTimeTokens.purpose, purpose),
        isNull(oneTimeTokens.usedAt),
        gt(oneTimeTokens.expiresAt, ctx.now()),
        bearer && eq(oneTimeTokens.userId, bearer.userId),
      ),
    )
    .returning({
      organizationId: oneTimeTokens.organizationId,
      userId: oneTimeTokens.userId,
      details: oneTimeTokens.details,
    });
  const { organizationId, userId, details } = spent ?? {};
  if (!organizationId || !userId || !details) throw new DomainError("LINK_EXPIRED");
  const { sessionId, ...rest } = details;
  // The role is the least there is until the database has told the right one.
  const actor = { kind: "user", organizationId, userId, role: "member" } as const;
  const tx = await confirmActor({ ...ctx, actor: { ...actor, sessionId: String(sessionId) } });
  return { tx, details: rest };
}
