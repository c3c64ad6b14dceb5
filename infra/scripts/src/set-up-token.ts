import { randomBytes } from "node:crypto";
import { hashLinkToken } from "@tsudoi/core/auth/hash-link-token.ts";
import { connect } from "./database.ts";

const TOKEN_BYTES = 32;

/** Whom the link makes an administrator: of a new organisation where none is named. */
export type SetUp = { organizationId?: string; email?: string };

/** A token that works once and for a week; one made earlier for the same person stops working. */
export async function createSetUpToken(url: string, setUp: SetUp = {}): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const organizationId = setUp.organizationId ?? null;
  const email = setUp.email ?? null;
  await using connection = connect(url);
  await connection.sql.begin(async (sql) => {
    await sql`
      delete from one_time_tokens
      where purpose = 'set-up' and used_at is null and email is not distinct from ${email}`;
    await sql`
      insert into one_time_tokens (token_hash, purpose, organization_id, email, expires_at)
      values (${hashLinkToken(token)}, 'set-up', ${organizationId}, ${email}, now() + interval '7 days')`;
  });
  return token;
}
