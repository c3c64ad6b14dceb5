import { and, eq } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";

/** The event of a registration, which never changes; whether the caller may know it is decided elsewhere. */
export async function findEventOf(
  ctx: Context,
  registration: { organizationId: string; registrationId: string },
): Promise<string | undefined> {
  const [row] = await ctx.db
    .select({ eventId: registrations.eventId })
    .from(registrations)
    .where(
      and(
        eq(registrations.organizationId, registration.organizationId),
        eq(registrations.id, registration.registrationId),
      ),
    );
  return row?.eventId;
}
