import type { Locale } from "@tsudoi/shared/text.ts";
import { and, eq } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { users } from "#core/db/schema/users.ts";
import { confirmActor } from "./confirm-actor.ts";

/** Mails follow the language the person reads the screen in. */
export async function setLocale(
  ctx: Context,
  input: { locale: Locale },
): Promise<{ locale: Locale }> {
  const { actor } = await confirmActor(ctx);
  await ctx.db
    .update(users)
    .set({ locale: input.locale })
    .where(and(eq(users.organizationId, actor.organizationId), eq(users.id, actor.userId)));
  return { locale: input.locale };
}
