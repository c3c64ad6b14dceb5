import { EVENT_NOTIFICATIONS, REGISTRATION_NOTIFICATIONS } from "@tsudoi/shared/notifications.ts";
import type { EventRole } from "@tsudoi/shared/permissions.ts";
import { and, eq, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { notifications } from "#core/db/schema/notifications.ts";
import { organizations } from "#core/db/schema/organizations.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { users } from "#core/db/schema/users.ts";
import { openInvitations } from "#core/events/open-invitations.ts";
import { waitlistPosition } from "#core/registrations/waitlist-position.ts";
import type { AnyFacts } from "./message-facts.ts";

/** Asked where the message is about it. */
const role = sql<EventRole | null>`case when ${notifications.kind} = 'events.organizer-role' then (
  select own.role from event_organizers own
  where own.organization_id = ${notifications.organizationId} and own.event_id = ${notifications.eventId}
    and own.user_id = ${notifications.userId}
) end`;

/** To which events the reader of an invitation can still come: its own and the others of its series. */
const openTo = (now: Date) =>
  openInvitations({
    organizationId: notifications.organizationId,
    email: users.email,
    userId: notifications.userId,
    now,
    among: sql`(open.id = ${notifications.eventId} or open.series_id = (
      select sent.series_id from events sent
      where sent.organization_id = ${notifications.organizationId} and sent.id = ${notifications.eventId}))`,
  });

const dates = (
  now: Date,
) => sql<number>`case when ${notifications.kind} = 'events.invitation' then (
  select count(*)::int ${openTo(now)}
) else 0 end`;

/** An invitation is written about the first event that the reader can come to by then. */
const eventId = (
  now: Date,
) => sql`case when ${notifications.kind} = 'events.invitation' then coalesce(
  (select open.id ${openTo(now)} order by open.starts_at, open.id limit 1), ${notifications.eventId}
) else ${notifications.eventId} end`;

const columns = {
  notificationId: notifications.id,
  organizationId: notifications.organizationId,
  kind: notifications.kind,
  status: notifications.status,
  details: notifications.details,
  role,
  person: {
    familyName: users.familyName,
    givenName: users.givenName,
    email: users.email,
    locale: users.locale,
    timeZone: users.timeZone,
  },
  organization: { ja: organizations.nameJa, en: organizations.nameEn },
  registration: {
    id: registrations.id,
    status: registrations.status,
    number: registrations.number,
    position: waitlistPosition,
    offerExpiresAt: registrations.offerExpiresAt,
    endedBy: registrations.endedBy,
  },
  event: {
    id: events.id,
    titleJa: events.titleJa,
    titleEn: events.titleEn,
    descriptionJa: events.descriptionJa,
    descriptionEn: events.descriptionEn,
    status: events.status,
    startsAt: events.startsAt,
    endsAt: events.endsAt,
    registrationOpensAt: events.registrationOpensAt,
    registrationClosesAt: events.registrationClosesAt,
    timeZone: events.timeZone,
    location: events.location,
    locationFor: events.locationFor,
    onlineUrl: events.onlineUrl,
    cancelUntil: events.cancelUntil,
    waitlistMode: events.waitlistMode,
    allocation: events.allocation,
    drawAt: events.drawAt,
    drawnAt: events.drawnAt,
    cancelReason: events.cancelReason,
    calendarSequence: events.calendarSequence,
  },
};

type Wanted = { organizationId: string; notificationId: string };

/** Joins whatever a letter says; one row, one statement. Nothing where what it is about is gone. */
export async function findMessage(ctx: Context, wanted: Wanted): Promise<AnyFacts | undefined> {
  const row = await selectMessage(ctx, wanted);
  if (row === undefined) return undefined;
  const { titleJa, titleEn, descriptionJa, descriptionEn, ...event } = row.event;
  const { kind, registration, role, dates, ...rest } = row;
  const facts = {
    ...rest,
    event: {
      ...event,
      title: { ja: titleJa, en: titleEn },
      description: { ja: descriptionJa, en: descriptionEn },
    },
  };
  const ofEvent = EVENT_NOTIFICATIONS.find((known) => known === kind);
  if (ofEvent !== undefined) {
    const isInvited = dates > 0;
    return { ...facts, kind: ofEvent, registration: null, role, isInvited, dates };
  }
  const ofRegistration = REGISTRATION_NOTIFICATIONS.find((known) => known === kind);
  if (ofRegistration === undefined || registration === null) return undefined;
  return { ...facts, kind: ofRegistration, registration };
}

async function selectMessage(ctx: Context, wanted: Wanted) {
  const [row] = await ctx.db
    .select({ ...columns, dates: dates(ctx.now()) })
    .from(notifications)
    .innerJoin(
      users,
      and(
        eq(users.organizationId, notifications.organizationId),
        eq(users.id, notifications.userId),
      ),
    )
    .innerJoin(
      events,
      and(
        eq(events.organizationId, notifications.organizationId),
        eq(events.id, eventId(ctx.now())),
      ),
    )
    .innerJoin(organizations, eq(organizations.id, notifications.organizationId))
    .leftJoin(
      registrations,
      and(
        eq(registrations.organizationId, notifications.organizationId),
        eq(registrations.id, notifications.registrationId),
      ),
    )
    .where(
      and(
        eq(notifications.organizationId, wanted.organizationId),
        eq(notifications.id, wanted.notificationId),
      ),
    );
  return row;
}
