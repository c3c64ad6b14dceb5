import { DomainError } from "@tsudoi/shared/errors.ts";
import {
  type RegistrationChange,
  type RegistrationStatus,
  receiptNumber,
} from "@tsudoi/shared/registrations.ts";
import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";

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
    select r.id, r.event_id as "eventId", r.status, r.number,
      r.offer_expires_at as "offerExpiresAt",
      case when r.status = 'waitlisted' then (
        select count(*)::int from registrations ahead
        where ahead.organization_id = r.organization_id and ahead.event_id = r.event_id
          and ahead.status = 'waitlisted' and ahead.queue_no <= r.queue_no
      ) end as position
    from registrations r
    where r.organization_id = ${key.organizationId} and r.id = ${key.registrationId}`);
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
