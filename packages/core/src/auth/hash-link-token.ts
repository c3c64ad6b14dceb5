import { createHash } from "node:crypto";

/** What the database keeps of a link: a copy of it opens nothing. */
export function hashLinkToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
