import { randomBytes } from "node:crypto";
import type { Role } from "@tsudoi/shared/accounts.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import type { Context } from "#core/db/context.ts";
import { sessions } from "#core/db/schema/sessions.ts";

/** However often it is refreshed, a sign-in ends after this long. */
export const SESSION_DAYS = 30;
/** Unused for this long, it ends earlier. */
export const IDLE_DAYS = 7;
const SALT_BYTES = 16;

export type SessionTokens = {
  accessToken: string;
  expiresAt: string;
  refreshToken: string;
  refreshExpiresAt: Date;
};

/** Starts a sign-in on one device; its first tokens are good once the transaction commits. */
export async function openSession(
  tx: Context,
  person: { organizationId: string; userId: string; role: Role; userAgent?: string },
): Promise<SessionTokens> {
  const now = tx.now();
  const salt = randomBytes(SALT_BYTES).toString("base64url");
  const refreshExpiresAt = new Date(now.getTime() + SESSION_DAYS * DAY);
  const [session] = await tx.db
    .insert(sessions)
    .values({
      organizationId: person.organizationId,
      userId: person.userId,
      salt,
      rotatedAt: now,
      expiresAt: refreshExpiresAt,
      userAgent: person.userAgent ?? null,
    })
    .returning({ id: sessions.id });
  if (session === undefined) throw new Error("the session row was not returned");
  const identity = { organizationId: person.organizationId, sessionId: session.id };
  const access = await tx.tokens.signAccess(
    { ...identity, userId: person.userId, role: person.role },
    now,
  );
  return {
    accessToken: access.accessToken,
    expiresAt: access.expiresAt.toISOString(),
    refreshToken: tx.tokens.refreshToken({ ...identity, generation: 1, salt }),
    refreshExpiresAt,
  };
}
