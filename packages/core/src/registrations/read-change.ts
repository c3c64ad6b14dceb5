import { DomainError } from "@tsudoi/shared/errors.ts";
import { type RegistrationChange, receiptNumber } from "@tsudoi/shared/registrations.ts";
import { and, eq } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { waitlistPosition } from "./waitlist-position.ts";

/** A registration as its change left it. */
export async function readChange(
  tx: Context,
  key: { organizationId: string; registrationId: string },
): Promise<RegistrationChange> {
  const [row] = await tx.db
    .select({
      id: registrations.id,
      eventId: registrations.eventId,
      status: registrations.status,
      number: registrations.number,
      position: waitlistPosition,
      offerExpiresAt: registrations.offerExpiresAt,
    })
    .from(registrations)
    .where(
      and(
        eq(registrations.organizationId, key.organizationId),
        eq(registrations.id, key.registrationId),
      ),
    );
  if (row === undefined) throw new DomainError("NOT_FOUND");
  const { position, offerExpiresAt, number, ...registration } = row;
  return {
    registration: {
      ...registration,
      number: receiptNumber(number),
      ...(position === null ? {} : { position }),
      ...(offerExpiresAt === null ? {} : { offerExpiresAt: offerExpiresAt.toISOString() }),
    },
  };
}
