import type { Me, SignInInput } from "@tsudoi/shared/accounts.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context } from "#core/db/context.ts";
import { users } from "#core/db/schema/users.ts";
import { transaction } from "#core/db/transaction.ts";
import { hashPassword, needsRehash, verifyPassword } from "#core/platform/passwords.ts";
import { openSession, type SessionTokens } from "./open-session.ts";
import { type Account, findAccountByEmail, getPerson } from "./queries.ts";

export type SignInResult = SessionTokens & { user: Me };

/**
 * Unknown address, wrong password and disabled account get one answer after the same work: one hash.
 * A password that changes while it is checked opens nothing.
 */
export async function signIn(
  ctx: Context,
  input: SignInInput & { userAgent?: string },
): Promise<SignInResult> {
  const account = await findAccountByEmail(ctx, input.email);
  const matches = await verifyPassword(account?.passwordHash ?? null, input.password);
  if (account === undefined || !matches || account.disabledAt !== null) {
    throw new DomainError("NOT_SIGNED_IN");
  }
  const renewed = await renewedHash(account, input.password);
  const session = await transaction(ctx, async (tx) => {
    const now = await lockUnchanged(tx, account, renewed);
    if (now === undefined) return undefined;
    const person = { organizationId: account.organizationId, userId: account.id, role: now.role };
    const tokens = await openSession(tx, {
      ...person,
      ...(input.userAgent === undefined ? {} : { userAgent: input.userAgent }),
    });
    const user = await getPerson(tx, person);
    await recordAudit(tx, [
      {
        organizationId: account.organizationId,
        actorId: account.id,
        action: "auth.signIn",
        entity: "user",
        entityId: account.id,
      },
    ]);
    return { ...tokens, user };
  });
  // What the account has become since then is judged from the start: another sign-in may only have renewed the hash.
  return session ?? signIn(ctx, input);
}

async function renewedHash(account: Account, password: string): Promise<string | undefined> {
  if (account.passwordHash === null || !needsRehash(account.passwordHash)) return undefined;
  return hashPassword(password);
}

/** The account as it was judged, held so until the session is there; nothing when it has changed. */
async function lockUnchanged(
  tx: Context,
  account: Account,
  renewed: string | undefined,
): Promise<Pick<Account, "role"> | undefined> {
  const isUnchanged = and(
    eq(users.organizationId, account.organizationId),
    eq(users.id, account.id),
    eq(users.passwordHash, account.passwordHash ?? ""),
    isNull(users.disabledAt),
  );
  const role = { role: users.role };
  // Two that share the lock and then both write would wait for each other.
  const [now] =
    renewed === undefined
      ? await tx.db.select(role).from(users).where(isUnchanged).for("share")
      : await tx.db.update(users).set({ passwordHash: renewed }).where(isUnchanged).returning(role);
  return now;
}
