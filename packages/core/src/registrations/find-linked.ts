import { DomainError } from "@tsudoi/shared/errors.ts";
import type { RegistrationByLink } from "@tsudoi/shared/registration-links.ts";
import { and, eq, gt, isNull } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { organizations } from "#core/db/schema/organizations.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { users } from "#core/db/schema/users.ts";
import type { Link } from "#core/platform/links.ts";
import { itsEvent, itsPerson } from "./joins.ts";

export type Linked = { eventId: string; shown: RegistrationByLink };

/** The registration that a link is about; links end with the event, and with their person's account. */
export async function findLinked(ctx: Context, link: Link): Promise<Linked> {
  const now = ctx.now();
  const [row] = await selectLinked(ctx, link, now);
  if (row === undefined) throw new DomainError("LINK_EXPIRED");
  return { eventId: row.eventId, shown: toShown(row, now) };
}

function selectLinked(ctx: Context, link: Link, now: Date) {
  return ctx.db
    .select({
      familyName: users.familyName,
      givenName: users.givenName,
      status: registrations.status,
      offerExpiresAt: registrations.offerExpiresAt,
      organizationJa: organizations.nameJa,
      organizationEn: organizations.nameEn,
      eventId: events.id,
      titleJa: events.titleJa,
      titleEn: events.titleEn,
      eventStatus: events.status,
      startsAt: events.startsAt,
      endsAt: events.endsAt,
      timeZone: events.timeZone,
      cancelUntil: events.cancelUntil,
    })
    .from(registrations)
    .innerJoin(events, itsEvent)
    .innerJoin(users, itsPerson)
    .innerJoin(organizations, eq(organizations.id, registrations.organizationId))
    .where(
      and(
        eq(registrations.organizationId, link.organizationId),
        eq(registrations.id, link.id),
        gt(events.endsAt, now),
        isNull(users.disabledAt),
      ),
    );
}

type Row = Awaited<ReturnType<typeof selectLinked>>[number];

function toShown(row: Row, now: Date): RegistrationByLink {
  const { offerExpiresAt, startsAt, endsAt } = row;
  // An offer that has ended is one, also while nobody has ended it yet.
  const isOver = offerExpiresAt !== null && offerExpiresAt <= now;
  const until = row.status === "confirmed" ? (row.cancelUntil ?? startsAt) : offerExpiresAt;
  return {
    familyName: row.familyName,
    givenName: row.givenName,
    status: isOver ? "expired" : row.status,
    ...(until === null || isOver ? {} : { until: until.toISOString() }),
    organization: { ja: row.organizationJa, en: row.organizationEn },
    event: {
      title: { ja: row.titleJa, en: row.titleEn },
      status: row.eventStatus,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      timeZone: row.timeZone,
    },
  };
}
