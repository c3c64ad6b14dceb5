import type { SetUpInput } from "@tsudoi/shared/accounts.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { and, eq, gt, isNull } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context } from "#core/db/context.ts";
import { oneTimeTokens } from "#core/db/schema/one-time-tokens.ts";
import { users } from "#core/db/schema/users.ts";
import { transaction } from "#core/db/transaction.ts";
import { createOrganization } from "#core/organizations/create-organization.ts";
import { hashPassword } from "#core/platform/passwords.ts";
import { hashLinkToken } from "./hash-link-token.ts";
import { openSession } from "./open-session.ts";
import { getPerson } from "./queries.ts";
import type { SignInResult } from "./sign-in.ts";

/** A set-up link makes one administrator once: using it and what it makes are one transaction. */
export async function setUp(ctx: Context, input: SetUpInput): Promise<SignInResult> {
  const passwordHash = await hashPassword(input.password);
  return transaction(ctx, async (tx) => {
    const link = await useLink(tx, input.token);
    const organizationId =
      link.organizationId ??
      (await createOrganization(tx, {
        name: { ja: input.organizationName, en: input.organizationName },
        locale: input.locale,
        timeZone: input.timeZone,
      }));
    const email = link.email ?? input.email;
    const userId = await storeAdministrator(tx, { ...input, organizationId, email, passwordHash });
    await recordAudit(tx, [
      { organizationId, actorId: userId, action: "auth.setUp", entity: "user", entityId: userId },
    ]);
    const tokens = await openSession(tx, { organizationId, userId, role: "admin" });
    return { ...tokens, user: await getPerson(tx, { organizationId, userId }) };
  });
}

async function useLink(tx: Context, token: string) {
  const now = tx.now();
  const [link] = await tx.db
    .update(oneTimeTokens)
    .set({ usedAt: now })
    .where(
      and(
        eq(oneTimeTokens.tokenHash, hashLinkToken(token)),
        eq(oneTimeTokens.purpose, "set-up"),
        isNull(oneTimeTokens.usedAt),
        gt(oneTimeTokens.expiresAt, now),
      ),
    )
    .returning({ organizationId: oneTimeTokens.organizationId, email: oneTimeTokens.email });
  if (link === undefined) throw new DomainError("LINK_EXPIRED");
  return link;
}

type Administrator = SetUpInput & { organizationId: string; email: string; passwordHash: string };

/** An address that already belongs to another organisation is never taken over. */
async function storeAdministrator(tx: Context, person: Administrator): Promise<string> {
  const { organizationId, email, passwordHash, familyName, givenName, locale, timeZone } = person;
  const [row] = await tx.db
    .insert(users)
    .values({
      organizationId,
      email,
      emailVerifiedAt: tx.now(),
      passwordHash,
      familyName,
      givenName,
      locale,
      timeZone,
      role: "admin",
    })
    .onConflictDoUpdate({
      target: users.email,
      set: { passwordHash, role: "admin", emailVerifiedAt: tx.now() },
      setWhere: eq(users.organizationId, organizationId),
    })
    .returning({ id: users.id });
  if (row === undefined) throw new DomainError("STATE_CONFLICT");
  return row.id;
}
