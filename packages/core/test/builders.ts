import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { events } from "#core/db/schema/events.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { users } from "#core/db/schema/users.ts";
import { createOrganization } from "#core/organizations/create-organization.ts";

export type TestUser = typeof users.$inferSelect;
export type TestEvent = typeof events.$inferSelect;

export function anOrganization(ctx: Context): Promise<string> {
  return createOrganization(ctx, {
    name: { ja: "試験株式会社", en: "Test Inc." },
    locale: "ja",
    timeZone: "Asia/Tokyo",
  });
}

let people = 0;

/** A person of the organisation; every one has another address. */
export async function aUser(
  ctx: Context,
  overrides: Partial<typeof users.$inferInsert> & { organizationId: string },
): Promise<TestUser> {
  const [user] = await someUsers(ctx, 1, overrides);
  if (user === undefined) throw new Error("the user was not made");
  return user;
}

export function someUsers(
  ctx: Context,
  count: number,
  overrides: Partial<typeof users.$inferInsert> & { organizationId: string },
): Promise<TestUser[]> {
  const rows = Array.from({ length: count }, () => {
    people += 1;
    return {
      email: `person-${people}@example.test`,
      familyName: "試験",
      givenName: String(people),
      locale: "ja" as const,
      timeZone: "Asia/Tokyo",
      ...overrides,
    };
  });
  return ctx.db.insert(users).values(rows).returning();
}

/** A published event that starts tomorrow and takes registrations now. */
export async function anEvent(
  ctx: Context,
  owner: TestUser,
  overrides: Partial<typeof events.$inferInsert> = {},
): Promise<TestEvent> {
  const now = ctx.now().getTime();
  const startsAt = overrides.startsAt ?? new Date(now + DAY);
  const [event] = await ctx.db
    .insert(events)
    .values({
      organizationId: owner.organizationId,
      createdBy: owner.id,
      titleJa: "試験のイベント",
      titleEn: "A test event",
      categorySlug: "seminar",
      status: "published",
      publishedAt: new Date(now - HOUR),
      startsAt,
      endsAt: new Date(startsAt.getTime() + 2 * HOUR),
      timeZone: "Asia/Tokyo",
      registrationOpensAt: new Date(now - HOUR),
      registrationClosesAt: startsAt,
      capacity: 10,
      waitlistMode: "none",
      approval: false,
      ...overrides,
    })
    .returning();
  if (event === undefined) throw new Error("the event was not made");
  await ctx.db.insert(eventOrganizers).values({
    organizationId: owner.organizationId,
    eventId: event.id,
    userId: owner.id,
    role: "owner",
  });
  return event;
}

export type SeatCount = {
  seatsTaken: number;
  waitlistLength: number;
  seq: number;
  rows: Record<string, number>;
};

/** What the counters say and what the rows say. */
export async function countSeats(
  ctx: Context,
  event: { organizationId: string; id: string },
): Promise<SeatCount> {
  const [counters] = await ctx.db
    .select({
      seatsTaken: events.seatsTaken,
      waitlistLength: events.waitlistLength,
      seq: events.seq,
    })
    .from(events)
    .where(sql`organization_id = ${event.organizationId} and id = ${event.id}`);
  const rows = await ctx.db
    .select({ status: registrations.status, count: sql<number>`count(*)::int` })
    .from(registrations)
    .where(sql`organization_id = ${event.organizationId} and event_id = ${event.id}`)
    .groupBy(registrations.status);
  if (counters === undefined) throw new Error("the event is gone");
  return { ...counters, rows: Object.fromEntries(rows.map((row) => [row.status, row.count])) };
}
