import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { users } from "#core/db/schema/users.ts";
import { register } from "#core/registrations/register.ts";
import { MOST_PROMOTED } from "#core/registrations/seat-rules.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent } from "#test/builders.ts";
import { anInput, refusalOf } from "#test/event-changes.ts";
import { auditOf, expectSound, kindsTold, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { createSeries } from "./create-series.ts";
import { publish } from "./publish.ts";
import { update } from "./update.ts";

const stage = useStage();

const owner = () => stage.as(actorOf(stage.owner));
const endApproval = ({ id }: Pick<TestEvent, "id">, changes = {}) =>
  update(owner(), { eventId: id, version: 1, apply: "this", approval: false, ...changes });
const isRefused = (pendingCount: number) => ({
  reason: "VALIDATION",
  details: { issues: [{ path: "approval", code: "pending" }], fields: { pendingCount } },
});

describe("an event that asks no approval any more", () => {
  test("decides who asked in the order they came, before anybody who comes later", async () => {
    const event = await stage.anEvent({ approval: true, capacity: 2, waitlistMode: "automatic" });
    const guests = await someGuests(stage, event, 3);
    expect(await endApproval(event)).toMatchObject({
      approval: false,
      seatsTaken: 2,
      waitlistLength: 1,
      version: 2,
    });
    const [later] = await stage.someMembers(1);
    const { registration } = await register(stage.as(actorOf(later!)), { eventId: event.id });
    expect(registration).toMatchObject({ status: "waitlisted", position: 2 });
    expect(await statusesOf(stage.ctx, guests)).toEqual(["confirmed", "confirmed", "waitlisted"]);
    for (const guest of guests) {
      expect((await kindsTold(stage.ctx, guest)).at(-1)).toBe("registrations.approval");
      expect(await auditOf(stage.ctx, guest)).toContainEqual({
        action: "events.update",
        actorId: stage.owner.id,
      });
    }
    await expectSound(stage.ctx, event);
  });

  test("with more seats at once, all of them", async () => {
    const event = await stage.anEvent({ approval: true, capacity: 1 });
    const guests = await someGuests(stage, event, 3);
    await endApproval(event, { capacity: 3 });
    expect(await statusesOf(stage.ctx, guests)).toEqual(Array(3).fill("confirmed"));
  });

  test("where nobody waits and seats are too few for them, it is refused whole, with their number", async () => {
    const event = await stage.anEvent({ approval: true, capacity: 2 });
    const guests = await someGuests(stage, event, 3);
    const refused = await refusalOf(endApproval(event, { title: { en: "New" } }));
    expect(refused).toMatchObject(isRefused(3));
    expect(await statusesOf(stage.ctx, guests)).toEqual(Array(3).fill("pending"));
    const [row] = await stage.ctx.db.execute(sql`
      select approval, title_en, version from events where id = ${event.id}`);
    expect(row).toEqual({ approval: true, title_en: event.titleEn, version: 1 });
  });

  test.each([
    ["automatic", "waitlisted"],
    ["none", "pending"],
  ] as const)("whose account is disabled gets no seat: %s", async (waitlistMode, status) => {
    const event = await stage.anEvent({ approval: true, waitlistMode });
    const guests = await someGuests(stage, event, 2);
    await stage.ctx.db
      .update(users)
      .set({ disabledAt: new Date() })
      .where(sql`id = ${guests[0]!.person.id}`);
    await endApproval(event);
    expect(await statusesOf(stage.ctx, guests)).toEqual([status, "confirmed"]);
    await expectSound(stage.ctx, event);
  });

  test("more than one transaction decides are refused, with their number", async () => {
    const event = await stage.anEvent({ approval: true, capacity: 1_000 });
    const many = MOST_PROMOTED + 1;
    await stage.ctx.db.execute(
      sql`update events set pending_count = ${many} where id = ${event.id}`,
    );
    expect(await refusalOf(endApproval(event))).toMatchObject(isRefused(many));
  });

  test("does so in each event of a series", async () => {
    const { events } = await createSeries(owner(), {
      event: anInput({ approval: true, capacity: 1, waitlistMode: "automatic" }),
      rrule: "FREQ=WEEKLY;COUNT=3",
    });
    const eventId = events[0]?.id ?? "";
    await publish(owner(), { eventId, apply: "all", allowMissingTranslation: true });
    const guests = [];
    for (const { id } of events.slice(1)) {
      const event = { id, organizationId: stage.organizationId } as TestEvent;
      guests.push(...(await someGuests(stage, event, 2)));
    }
    await endApproval({ id: eventId }, { version: 2, apply: "all" });
    const each = ["confirmed", "waitlisted"];
    expect(await statusesOf(stage.ctx, guests)).toEqual([...each, ...each]);
  });
});
