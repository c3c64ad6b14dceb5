import { REFRESH_GRACE_MS } from "@tsudoi/shared/accounts.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context } from "#core/db/context.ts";
import { sessions } from "#core/db/schema/sessions.ts";
import { users } from "#core/db/schema/users.ts";
import { transaction } from "#core/db/transaction.ts";
import { IDLE_DAYS, type SessionTokens } from "./open-session.ts";

/** Every token has one successor; a token used again after the grace ends its whole family. */
export async function refresh(
  ctx: Context,
  input: { refreshToken: string },
): Promise<SessionTokens> {
  const token = ctx.tokens.readRefresh(input.refreshToken);
  if (token === undefined) throw new DomainError("NOT_SIGNED_IN");
  const outcome = await transaction(ctx, async (tx) => {
    const session = await lockSession(tx, token);
    if (session === undefined || !ctx.tokens.isGenuine(token, session.salt)) return "unknown";
    if (token.generation === session.generation) {
      await rotate(tx, { ...token, generation: session.generation + 1 });
      return { ...session, generation: session.generation + 1 };
    }
    const age = tx.now().getTime() - session.rotatedAt.getTime();
    if (token.generation === session.generation - 1 && age < REFRESH_GRACE_MS) return session;
    await revokeFamily(tx, { ...token, userId: session.userId });
    return "reused";
  });
  if (outcome === "unknown" || outcome === "reused") throw new DomainError("NOT_SIGNED_IN");
  const identity = { organizationId: token.organizationId, sessionId: token.sessionId };
  const access = await ctx.tokens.signAccess(
    { ...identity, userId: outcome.userId, role: outcome.role },
    ctx.now(),
  );
  return {
    accessToken: access.accessToken,
    expiresAt: access.expiresAt.toISOString(),
    refreshToken: ctx.tokens.refreshToken({
      ...identity,
      generation: outcome.generation,
      salt: outcome.salt,
    }),
    refreshExpiresAt: outcome.expiresAt,
  };
}

type SessionId = { organizationId: string; sessionId: string };

async function lockSession(tx: Context, id: SessionId) {
  const [row] = await tx.db
    .select({
      userId: sessions.userId,
      salt: sessions.salt,
      generation: sessions.generation,
      rotatedAt: sessions.rotatedAt,
      expiresAt: sessions.expiresAt,
      role: users.role,
    })
    .from(sessions)
    .innerJoin(
      users,
      and(eq(users.organizationId, sessions.organizationId), eq(users.id, sessions.userId)),
    )
    .where(and(isSession(id), isNull(sessions.revokedAt), isNull(users.disabledAt)))
    .for("update", { of: sessions });
  return row === undefined || hasEnded(row, tx.now()) ? undefined : row;
}

function hasEnded(session: { rotatedAt: Date; expiresAt: Date }, now: Date): boolean {
  const idleMs = now.getTime() - session.rotatedAt.getTime();
  return session.expiresAt <= now || idleMs >= IDLE_DAYS * DAY;
}

async function rotate(tx: Context, next: SessionId & { generation: number }): Promise<void> {
  await tx.db
    .update(sessions)
    .set({ generation: next.generation, rotatedAt: tx.now() })
    .where(isSession(next));
}

async function revokeFamily(tx: Context, session: SessionId & { userId: string }): Promise<void> {
  await tx.db
    .update(sessions)
    .set({ revokedAt: tx.now(), revokedReason: "reused" })
    .where(isSession(session));
  await recordAudit(tx, [
    {
      organizationId: session.organizationId,
      actorId: session.userId,
      action: "auth.refresh",
      entity: "session",
      entityId: session.sessionId,
      details: { revoked: "reused" },
    },
  ]);
  tx.log.warn(
    { session: session.sessionId },
    "a refresh token was used again; its family is revoked",
  );
}

function isSession(id: SessionId) {
  return and(eq(sessions.organizationId, id.organizationId), eq(sessions.id, id.sessionId));
}
