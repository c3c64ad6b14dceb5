import { randomBytes } from "node:crypto";
import { DAY } from "@tsudoi/shared/time.ts";
import type { Context } from "#core/db/context.ts";
import { oneTimeTokens } from "#core/db/schema/one-time-tokens.ts";
import { hashLinkToken } from "./hash-link-token.ts";

const TOKEN_BYTES = 32;
const LINK_DAYS = 7;

/** The token of a link that makes an administrator once: of a new organisation, or of the one named. */
export async function createSetUpLink(
  ctx: Context,
  input: { organizationId?: string; email?: string },
): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  await ctx.db.insert(oneTimeTokens).values({
    tokenHash: hashLinkToken(token),
    purpose: "set-up",
    organizationId: input.organizationId ?? null,
    email: input.email ?? null,
    expiresAt: new Date(ctx.now().getTime() + LINK_DAYS * DAY),
  });
  return token;
}
