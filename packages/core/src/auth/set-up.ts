import type { SetUpInput } from "@tsudoi/shared/accounts.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { and, eq, gt, isNull, type SQL } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context } from "#core/db/context.ts";
import { oneTimeTokens } from "#core/db/schema/one-time-tokens.ts";
import { sessions } from "#core/db/schema/sessions.ts";
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
  await requireLink(ctx, input.token);
  const passwordHash = await hashPassword(input.password);
  return transaction(ctx, async (tx) => {
    const link = await takeLink(tx, input.token);
    const organizationId =
      link.organizationId ??
      (await createOrganization(tx, {
        name: { ja: input.organizationName, en: input.organizationName },
        locale: input.locale,
        timeZone: input.timeZone,
      }));
    const person = { ...input, organizationId, passwordHash };
    const userId =
      link.email === null
        ? await addAdministrator(tx, person)
        : await appointAdministrator(tx, { ...person, email: link.email });
    await recordAudit(tx, [
      { organizationId, actorId: userId, action: "auth.setUp", entity: "user", entityId: userId },
    ]);
    const tokens = await openSession(tx, { organizationId, userId, role: "admin" });
    return { ...tokens, user: await getPerson(tx, { organizationId, userId }) };
  });
}

/** Whoever has no link is told so before a password is hashed for them. */
async function requireLink(ctx: Context, token: string): Promise<void> {
  const found = await ctx.db
    .select({ expiresAt: oneTimeTokens.expiresAt })
    .from(oneTimeTokens)
    .where(isOpenLink(ctx, token));
  if (found.length === 0) throw new DomainError("LINK_EXPIRED");
}

async function takeLink(tx: Context, token: string) {
  const [link] = await tx.db
    .update(oneTimeTokens)
    .set({ usedAt: tx.now() })
    .where(isOpenLink(tx, token))
    .returning({ organizationId: oneTimeTokens.organizationId, email: oneTimeTokens.email });
  if (link === undefined) throw new DomainError("LINK_EXPIRED");
  return link;
}

function isOpenLink(ctx: Context, token: string): SQL | undefined {
  return and(
    eq(oneTimeTokens.tokenHash, hashLinkToken(token)),
    eq(oneTimeTokens.purpose, "set-up"),
    isNull(oneTimeTokens.usedAt),
    gt(oneTimeTokens.expiresAt, ctx.now()),
  );
}

type Administrator = Omit<SetUpInput, "token" | "organizationName" | "password"> & {
  organizationId: string;
  passwordHash: string;
};

/** Typed by whoever holds the link, so an address that is anybody's already is never taken over. */
async function addAdministrator(tx: Context, person: Administrator): Promise<string> {
  const [row] = await tx.db
    .insert(users)
    .values(toUser(tx, person))
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  if (row === undefined) throw new DomainError("STATE_CONFLICT");
  return row.id;
}

/** Named by the operator, so the person may be there already; what they were signed in with until now ends. */
async function appointAdministrator(tx: Context, person: Administrator): Promise<string> {
  const { organizationId, passwordHash } = person;
  const [row] = await tx.db
    .insert(users)
    .values(toUser(tx, person))
    .onConflictDoUpdate({
      target: users.email,
      set: { passwordHash, role: "admin", emailVerifiedAt: tx.now() },
      setWhere: eq(users.organizationId, organizationId),
    })
    .returning({ id: users.id });
  if (row === undefined) throw new DomainError("STATE_CONFLICT");
  await tx.db
    .update(sessions)
    .set({ revokedAt: tx.now(), revokedReason: "set_up" })
    .where(
      and(
        eq(sessions.organizationId, organizationId),
        eq(sessions.userId, row.id),
        isNull(sessions.revokedAt),
      ),
    );
  return row.id;
}

function toUser(tx: Context, person: Administrator): typeof users.$inferInsert {
  const { organizationId, email, passwordHash, familyName, givenName, locale, timeZone } = person;
  return {
    organizationId,
    email,
    emailVerifiedAt: tx.now(),
    passwordHash,
    familyName,
    givenName,
    locale,
    timeZone,
    role: "admin",
  };
}
