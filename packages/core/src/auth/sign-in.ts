import type { Me, SignInInput } from "@tsudoi/shared/accounts.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context } from "#core/db/context.ts";
import { users } from "#core/db/schema/users.ts";
import { transaction } from "#core/db/transaction.ts";
import { hashPassword, needsRehash, verifyPassword } from "#core/platform/passwords.ts";
import { openSession, type SessionTokens } from "./open-session.ts";
import { type Account, findAccountByEmail, getPerson } from "./queries.ts";

export type SignInResult = SessionTokens & { user: Me };

/** Unknown address, wrong password and disabled account get one answer after the same work: one hash. */
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
  const person = { organizationId: account.organizationId, userId: account.id, role: account.role };
  return transaction(ctx, async (tx) => {
    if (renewed !== undefined) await storeHash(tx, account, renewed);
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
}

async function renewedHash(account: Account, password: string): Promise<string | undefined> {
  if (account.passwordHash === null || !needsRehash(account.passwordHash)) return undefined;
  return hashPassword(password);
}

/** A password changed in the meantime stays the new one. */
async function storeHash(tx: Context, account: Account, passwordHash: string): Promise<void> {
  await tx.db
    .update(users)
    .set({ passwordHash })
    .where(
      and(
        eq(users.organizationId, account.organizationId),
        eq(users.id, account.id),
        eq(users.passwordHash, account.passwordHash ?? ""),
      ),
    );
}
