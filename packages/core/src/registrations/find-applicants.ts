import { type SQL, sql } from "drizzle-orm";
import type { Context, SeatRequest } from "#core/db/context.ts";
import { isFor, type RestrictedEvent, seesAnyhow } from "#core/events/audience.ts";
import type { Applicant } from "./claim-seats.ts";
import { isPassedBy } from "./waitlist-position.ts";

type Asked = { requests: SeatRequest[]; waitlistLength: number };
type Found = {
  applicants: Map<string, Applicant>;
  /** Of those who wait already. */
  disabledWaiting: number;
};

/** A statement of its own, after the lock: what it reads includes everything committed under that lock before. */
export async function findApplicants(
  tx: Context,
  key: RestrictedEvent,
  { requests, waitlistLength }: Asked,
): Promise<Found> {
  const rows = await tx.db.execute<{
    id: string;
    department_id: string | null;
    active: boolean;
    registered: boolean;
    in_audience: boolean;
    sees_anyhow: boolean;
    disabled_waiting: number;
  }>(sql`
    select u.id, u.department_id, u.disabled_at is null and not exists (
        select 1 from sessions s
        where s.organization_id = u.organization_id and s.id = asking.session_id
          and s.revoked_at is not null
      ) as active,
      exists (
        select 1 from registrations r
        where r.organization_id = u.organization_id and r.event_id = ${key.eventId} and r.user_id = u.id
          and r.status in ('pending', 'confirmed', 'waitlisted', 'offered')
      ) as registered,
      ${isFor(key)} as in_audience, ${seesAnyhow(key)} as sees_anyhow,
      ${waitlistLength === 0 ? sql`0` : countDisabled(key)} as disabled_waiting
    from unnest(
      ${sql.param(requests.map((request) => request.userId))}::uuid[],
      ${sql.param(requests.map((request) => request.sessionId ?? null))}::uuid[]
    ) as asking (user_id, session_id)
    join users u on u.organization_id = ${key.organizationId} and u.id = asking.user_id`);
  const applicants = new Map(
    rows.map((row): [string, Applicant] => [
      row.id,
      {
        userId: row.id,
        isActive: row.active,
        departmentId: row.department_id,
        hasLiveRegistration: row.registered,
        isInAudience: row.in_audience,
        maySee: row.in_audience || row.sees_anyhow,
      },
    ]),
  );
  return { applicants, disabledWaiting: rows[0]?.disabled_waiting ?? 0 };
}

function countDisabled({ organizationId, eventId }: RestrictedEvent): SQL {
  return sql`(
    select count(*)::int from registrations waiting
    where waiting.organization_id = ${organizationId} and waiting.event_id = ${eventId}
      and waiting.status = 'waitlisted' and ${isPassedBy(sql`waiting`)}
  )`;
}
