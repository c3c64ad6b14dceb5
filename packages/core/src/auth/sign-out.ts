import { and, eq, isNull } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { sessions } from "#core/db/schema/sessions.ts";
import { transaction } from "#core/db/transaction.ts";

/** Ends the family of a refresh token; a token that is unknown or already ended is no error. */
export async function signOut(ctx: Context, input: { refreshToken: string }): Promise<void> {
  const token = ctx.tokens.readRefresh(input.refreshToken);
  if (token === undefined) return;
  const isSession = and(
    eq(sessions.organizationId, token.organizationId),
    eq(sessions.id, token.sessionId),
    isNull(sessions.revokedAt),
  );
  await transaction(ctx, async (tx) => {
    const [session] = await tx.db
      .select({ salt: sessions.salt })
      .from(sessions)
      .where(isSession)
      .for("update");
    if (session === undefined || !tx.tokens.isGenuine(token, session.salt)) return;
    await tx.db
      .update(sessions)
      .set({ revokedAt: tx.now(), revokedReason: "signed_out" })
      .where(isSession);
  });
}
