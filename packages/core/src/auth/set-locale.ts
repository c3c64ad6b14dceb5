import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Locale } from "@tsudoi/shared/text.ts";
import { and, eq, isNull } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { users } from "#core/db/schema/users.ts";
import { requireUser } from "./require-user.ts";

/** Mails follow the language the person reads the screen in. */
export async function setLocale(
  ctx: Context,
  input: { locale: Locale },
): Promise<{ locale: Locale }> {
  const actor = requireUser(ctx);
  const changed = await ctx.db
    .update(users)
    .set({ locale: input.locale })
    .where(
      and(
        eq(users.organizationId, actor.organizationId),
        eq(users.id, actor.userId),
        isNull(users.disabledAt),
      ),
    )
    .returning({ locale: users.locale });
  if (changed.length === 0) throw new DomainError("NOT_SIGNED_IN");
  return { locale: input.locale };
}
