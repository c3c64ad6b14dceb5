import { randomBytes } from "node:crypto";
import type { Context, UserActor } from "#core/db/context.ts";
import { oneTimeTokens } from "#core/db/schema/one-time-tokens.ts";
import { hashLinkToken } from "./hash-link-token.ts";

/** As text more than sixty characters, which is what the proxy keeps out of its log. */
const TOKEN_BYTES = 48;

type Issued = { purpose: "export"; details: Record<string, unknown>; goodForMs: number };

/** A token that opens one thing once, for the caller as long as they are signed in; only its hash is kept. */
export async function issueOneTimeToken(
  tx: Context & { actor: UserActor },
  { purpose, details, goodForMs }: Issued,
): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const { organizationId, userId, sessionId } = tx.actor;
  await tx.db.insert(oneTimeTokens).values({
    tokenHash: hashLinkToken(token),
    purpose,
    organizationId,
    userId,
    details: { ...details, sessionId },
    expiresAt: new Date(tx.now().getTime() + goodForMs),
  });
  return token;
}
