import type { Me } from "@tsudoi/shared/accounts.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { departments } from "#core/db/schema/departments.ts";
import { organizations } from "#core/db/schema/organizations.ts";
import { users } from "#core/db/schema/users.ts";
import { requireUser } from "./require-user.ts";

export type Account = {
  organizationId: string;
  id: string;
  passwordHash: string | null;
  disabledAt: Date | null;
  role: Me["role"];
};

export async function findAccountByEmail(
  ctx: Context,
  email: string,
): Promise<Account | undefined> {
  const [account] = await ctx.db
    .select({
      organizationId: users.organizationId,
      id: users.id,
      passwordHash: users.passwordHash,
      disabledAt: users.disabledAt,
      role: users.role,
    })
    .from(users)
    .where(eq(users.email, email));
  return account;
}

const organizes = sql<boolean>`exists (
  select 1 from event_organizers own
  where own.organization_id = ${users.organizationId} and own.user_id = ${users.id})`;

/** The signed-in person as they are now; disabled people are signed out. */
export async function getMe(ctx: Context): Promise<Me> {
  const actor = requireUser(ctx);
  return getPerson(ctx, actor);
}

export async function getPerson(
  ctx: Context,
  person: { organizationId: string; userId: string },
): Promise<Me> {
  const [row] = await ctx.db
    .select({
      id: users.id,
      email: users.email,
      familyName: users.familyName,
      givenName: users.givenName,
      locale: users.locale,
      timeZone: users.timeZone,
      role: users.role,
      organizes,
      departmentJa: departments.nameJa,
      departmentEn: departments.nameEn,
      organizationId: organizations.id,
      organizationJa: organizations.nameJa,
      organizationEn: organizations.nameEn,
    })
    .from(users)
    .innerJoin(organizations, eq(organizations.id, users.organizationId))
    .leftJoin(
      departments,
      and(
        eq(departments.organizationId, users.organizationId),
        eq(departments.id, users.departmentId),
      ),
    )
    .where(
      and(
        eq(users.organizationId, person.organizationId),
        eq(users.id, person.userId),
        isNull(users.disabledAt),
      ),
    );
  if (row === undefined) throw new DomainError("NOT_SIGNED_IN");
  return {
    id: row.id,
    email: row.email,
    familyName: row.familyName,
    givenName: row.givenName,
    locale: row.locale,
    timeZone: row.timeZone,
    role: row.role,
    organizes: row.organizes,
    department:
      row.departmentJa === null || row.departmentEn === null
        ? null
        : { ja: row.departmentJa, en: row.departmentEn },
    organization: {
      id: row.organizationId,
      name: { ja: row.organizationJa, en: row.organizationEn },
    },
  };
}
