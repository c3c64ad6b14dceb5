import { DomainError } from "@tsudoi/shared/errors.ts";
import {
  type RegistrationChange,
  type RegistrationStatus,
  receiptNumber,
} from "@tsudoi/shared/registrations.ts";
import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { waitlistPosition } from "./waitlist-position.ts";

type Row = {
  id: string;
  eventId: string;
  status: RegistrationStatus;
  number: number;
  position: number | null;
  offerExpiresAt: string | null;
};

/** A registration as its change left it. */
export async function readChange(
  tx: Context,
  key: { organizationId: string; registrationId: string },
): Promise<RegistrationChange> {
  const [row] = await tx.db.execute<Row>(sql`
    select id, event_id as "eventId", status, number, offer_expires_at as "offerExpiresAt",
      ${waitlistPosition} as position
    from registrations
    where organization_id = ${key.organizationId} and id = ${key.registrationId}`);
  if (row === undefined) throw new DomainError("NOT_FOUND");
  const { position, offerExpiresAt, number, ...registration } = row;
  return {
    registration: {
      ...registration,
      number: receiptNumber(number),
      ...(position === null ? {} : { position }),
      ...(offerExpiresAt === null
        ? {}
        : { offerExpiresAt: new Date(offerExpiresAt).toISOString() }),
    },
  };
}
