import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { departments } from "#core/db/schema/departments.ts";
import { eventInvitations } from "#core/db/schema/event-invitations.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent } from "#test/builders.ts";
import { eventLog, refusalOf } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { someGuests } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { announceInvitations } from "./announce-invitations.ts";
import { duplicate } from "./duplicate.ts";
import { getEvent } from "./get-event.ts";
import { listInvitations } from "./list-invitations.ts";
import { publish } from "./publish.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const owner = () => stage.as(actorOf(stage.owner));
const copy = ({ id }: TestEvent, startsAt?: string, by = owner()) =>
  duplicate(by, { eventId: id, ...(startsAt === undefined ? {} : { startsAt }) });

describe("events.duplicate", () => {
  test("does the thing: a draft of all that was set, without what happened since", async () => {
    const drawAt = new Date("2029-12-30T00:00:00.000Z");
    const event = await stage.anEvent({
      startsAt: new Date("2030-01-01T00:00:00.000Z"),
      endsAt: new Date("2030-01-01T02:00:00.000Z"),
      // It opened an hour after it was published.
      publishedAt: new Date(Date.now() - 2 * HOUR),
      registrationClosesAt: new Date("2029-12-29T00:00:00.000Z"),
      descriptionJa: "説明",
      location: "本社",
      locationFor: "confirmed",
      onlineUrl: "https://meet.example.test/",
      waitlistMode: "offer",
      offerHours: 3,
      allocation: "lottery",
      drawAt,
      drawSeed: "ab".repeat(32),
      capacity: 3,
    });
    await someGuests(stage, event, 2);
    const source = await getEvent(owner(), { eventId: event.id });
    const made = await copy(event, "2030-02-01T00:00:00.000Z");
    const days = (instant: string) => new Date(Date.parse(instant) + 31 * 86_400_000).toISOString();
    expect(made).toEqual({
      ...source,
      id: made.id,
      status: "draft",
      startsAt: "2030-02-01T00:00:00.000Z",
      endsAt: "2030-02-01T02:00:00.000Z",
      registrationOpensAt: days(source.registrationOpensAt),
      registrationClosesAt: "2030-01-29T00:00:00.000Z",
      drawAt: "2030-01-30T00:00:00.000Z",
      drawHash: null,
      pendingCount: 0,
      entrants: 0,
      seq: 0,
      version: 1,
    });
    expect(source.pendingCount).toBe(2);
    expect(await eventLog(stage.ctx, made.id)).toEqual([
      { action: "events.duplicate", actorId: stage.owner.id },
    ]);
  });

  test("what opened with its publication opens so again, not as long after as it is later", async () => {
    const event = await stage.anEvent();
    const made = await copy(event, "2030-02-01T00:00:00.000Z");
    expect(Date.parse(made.registrationOpensAt)).toBeLessThanOrEqual(Date.now());
  });

  test("a deadline that would be over is as in a new event, and the copy can be published", async () => {
    const now = new Date("2026-11-20T00:00:00.000Z");
    stage.setNow(now);
    const day = (days: number) => new Date(now.getTime() + days * DAY);
    const event = await stage.anEvent({
      startsAt: day(-2),
      publishedAt: day(-30),
      registrationOpensAt: day(-30),
      registrationClosesAt: day(-9),
      cancelUntil: day(-10),
      answersUntil: day(-8),
    });
    const made = await copy(event);
    expect(made).toMatchObject({
      startsAt: day(5).toISOString(),
      registrationClosesAt: day(5).toISOString(),
      cancelUntil: null,
      answersUntil: null,
    });
    const shown = { eventId: made.id, apply: "this", allowMissingTranslation: true } as const;
    const registrationClosesAt = made.startsAt;
    expect(await publish(owner(), shown)).toMatchObject({ registrationClosesAt });
    const later = await copy(event, day(20).toISOString());
    expect(later).toMatchObject({
      registrationClosesAt: day(13).toISOString(),
      cancelUntil: day(12).toISOString(),
      answersUntil: day(14).toISOString(),
    });
  });

  test("what opens later than it would close closes with its start", async () => {
    const event = await stage.anEvent({
      startsAt: new Date(Date.now() + 9 * DAY),
      registrationOpensAt: new Date(Date.now() + 2 * DAY),
      registrationClosesAt: new Date(Date.now() + 1 * DAY),
    });
    const made = await copy(event);
    expect(made.registrationClosesAt).toBe(made.startsAt);
  });

  test("invites the same people, who hear of it once it is published", async () => {
    const { organizationId } = stage;
    const event = await stage.anEvent({ audience: "invited" });
    const listed = await stage.aMember();
    const linked = await stage.aMember();
    await stage.ctx.db.insert(eventInvitations).values([
      { organizationId, eventId: event.id, email: linked.email, via: "link" },
      { organizationId, eventId: event.id, email: listed.email, via: "list" },
    ]);
    const { id } = await copy(event);
    const { items } = await listInvitations(owner(), { eventId: id, limit: 10 });
    const emails = [linked.email, listed.email].toSorted();
    expect(items.map(({ email }) => email).toSorted()).toEqual(emails);
    expect(items.map(({ via }) => via)).toEqual(["list", "list"]);
    const told = async () => {
      await announceInvitations(stage.ctx, { organizationId, eventId: id });
      const rows = await stage.ctx.db.execute<{ user_id: string }>(sql`
        select user_id from notifications where event_id = ${id}`);
      return rows.map((row) => row.user_id).toSorted();
    };
    expect(await told()).toEqual([]);
    await publish(owner(), { eventId: id, apply: "this", allowMissingTranslation: true });
    expect(await told()).toEqual([linked.id, listed.id].toSorted());
    // A list that is left over from another audience is nobody's.
    await stage.ctx.db.execute(sql`update events set audience = 'everyone' where id = ${event.id}`);
    const open = await copy(event);
    expect(await listInvitations(owner(), { eventId: open.id, limit: 10 })).toMatchObject({
      items: [],
    });
  });

  test.each([
    ["2026-10-01T00:00:00.000Z", "2026-10-29T08:00:00.000Z"],
    // Winter since 25 October: nine in the morning is an hour later.
    ["2026-10-22T07:00:00.000Z", "2026-10-29T08:00:00.000Z"],
    ["2026-11-05T07:59:59.000Z", "2026-11-05T08:00:00.000Z"],
    ["2027-06-01T00:00:00.000Z", "2027-06-03T07:00:00.000Z"],
  ])("at %s the next Thursday at nine in Berlin is %s", async (now, next) => {
    const event = await stage.anEvent({
      startsAt: new Date("2026-10-22T07:00:00.000Z"),
      timeZone: "Europe/Berlin",
    });
    stage.setNow(new Date(now));
    expect((await copy(event)).startsAt).toBe(next);
  });

  test("is for the same departments", async () => {
    const { organizationId } = stage;
    const [department] = await stage.ctx.db
      .insert(departments)
      .values({ organizationId, code: "DUP", nameJa: "複製", nameEn: "Copies" })
      .returning({ id: departments.id });
    const event = await stage.anEvent({ audience: "departments" });
    await stage.ctx.db.execute(sql`
      insert into event_departments (organization_id, event_id, department_id)
      values (${organizationId}, ${event.id}, ${department?.id})`);
    const { id } = await copy(event);
    const rows = await stage.ctx.db.execute<Record<string, unknown>>(sql`
      select e.audience, d.department_id from events e
      join event_departments d on d.event_id = e.id where e.id = ${id}`);
    expect([...rows]).toEqual([{ audience: "departments", department_id: department?.id }]);
  });

  test("a year that cannot be written is refused at its field", async () => {
    const event = await stage.anEvent({ cancelUntil: new Date("2026-01-01T00:00:00.000Z") });
    const late = "9999-12-31T23:00:00.000Z";
    expect(await refusalOf(copy(event, late))).toMatchObject({
      reason: "VALIDATION",
      details: { issues: [{ path: "startsAt", code: "out_of_range" }] },
    });
  });

  test("rejects a stranger", async () => {
    const event = await stage.anEvent();
    const colleague = stage.as(actorOf(await stage.aMember({ role: "organizer" })));
    expect(await reasonOf(copy(event, undefined, colleague))).toBe("NOT_FOUND");
    const member = stage.as(actorOf(await stage.aMember()));
    expect(await reasonOf(copy(event, undefined, member))).toBe("FORBIDDEN");
    expect(await reasonOf(copy(event, undefined, stage.as({ kind: "anonymous" })))).toBe(
      "NOT_SIGNED_IN",
    );
  });
});
