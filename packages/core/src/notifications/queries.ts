import { and, eq } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { notifications } from "#core/db/schema/notifications.ts";
import { organizations } from "#core/db/schema/organizations.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { users } from "#core/db/schema/users.ts";
import { waitlistPosition } from "#core/registrations/waitlist-position.ts";
import type { MessageFacts } from "./message-facts.ts";

const columns = {
  notificationId: notifications.id,
  organizationId: notifications.organizationId,
  kind: notifications.kind,
  status: notifications.status,
  details: notifications.details,
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
    timeZone: events.timeZone,
    location: events.location,
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

/** Joins whatever a letter says; one row, one statement. */
export async function findMessage(
  ctx: Context,
  wanted: { organizationId: string; notificationId: string },
): Promise<MessageFacts | undefined> {
  const [row] = await ctx.db
    .select(columns)
    .from(notifications)
    .innerJoin(
      registrations,
      and(
        eq(registrations.organizationId, notifications.organizationId),
        eq(registrations.id, notifications.registrationId),
      ),
    )
    .innerJoin(
      events,
      and(
        eq(events.organizationId, registrations.organizationId),
        eq(events.id, registrations.eventId),
      ),
    )
    .innerJoin(
      users,
      and(
        eq(users.organizationId, notifications.organizationId),
        eq(users.id, notifications.userId),
      ),
    )
    .innerJoin(organizations, eq(organizations.id, notifications.organizationId))
    .where(
      and(
        eq(notifications.organizationId, wanted.organizationId),
        eq(notifications.id, wanted.notificationId),
      ),
    );
  if (row === undefined) return undefined;
  const { titleJa, titleEn, descriptionJa, descriptionEn, ...event } = row.event;
  return {
    ...row,
    event: {
      ...event,
      title: { ja: titleJa, en: titleEn },
      description: { ja: descriptionJa, en: descriptionEn },
    },
  };
}
