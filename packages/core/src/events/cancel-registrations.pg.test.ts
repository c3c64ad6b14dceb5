import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { runInCall } from "#core/platform/call.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { addRegistrants } from "#test/registrants.ts";
import { auditOf, expectSound, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { cancelRegistrations } from "./cancel-registrations.ts";

const stage = useStage();

const drain = ({ organizationId, id }: TestEvent, ctx = stage.ctx, more: { runMs?: number } = {}) =>
  cancelRegistrations(ctx, { organizationId, eventId: id, ...more });

const callOff = ({ id }: TestEvent) =>
  stage.ctx.db.execute(sql`update events set status = 'cancelled' where id = ${id}`);

/** How many were told, and how many of them once. */
async function toldOf({ id }: TestEvent) {
  const [row] = await stage.ctx.db.execute<{ told: number; people: number }>(sql`
    select count(*)::int as told, count(distinct registration_id)::int as people
    from notifications where event_id = ${id} and kind = 'events.cancellation'`);
  return row;
}

describe("events/cancel-registrations", () => {
  test("ends every live registration for the event's sake, each with its letter and its row in the log", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "offer" });
    const guests = await someGuests(stage, event, 3);
    await stage.ctx.db.execute(sql`
      update registrations set status = 'offered', queue_no = null, offer_expires_at = now() + interval '1 hour'
      where id = ${guests[1]!.registrationId}`);
    await stage.ctx.db.execute(sql`
      update events set capacity = 2, seats_taken = 2, waitlist_length = 1,
        offers_end_at = now() + interval '1 hour' where id = ${event.id}`);
    await callOff(event);
    expect(await drain(event)).toBe(true);
    expect(await statusesOf(stage.ctx, guests)).toEqual(Array(3).fill("cancelled"));
    await expectSound(stage.ctx, event);
    const rows = await stage.ctx.db.execute<Record<string, unknown>>(sql`
      select ended_by, offer_expires_at, queue_no from registrations where event_id = ${event.id}`);
    expect([...rows]).toEqual(
      Array(3).fill({ ended_by: "event", offer_expires_at: null, queue_no: null }),
    );
    expect(await toldOf(event)).toEqual({ told: 3, people: 3 });
    for (const guest of guests) {
      expect(await auditOf(stage.ctx, guest)).toContainEqual({
        action: "events.cancelRegistrations",
        actorId: null,
      });
    }
    const [row] = await stage.ctx.db.execute<Record<string, unknown>>(sql`
      select offers_end_at from events where id = ${event.id}`);
    expect(row).toEqual({ offers_end_at: null });
  });

  test("an event that is on loses nobody, and no caller gets here", async () => {
    const event = await stage.anEvent();
    const guests = await someGuests(stage, event, 1);
    expect(await drain(event)).toBe(true);
    expect(await statusesOf(stage.ctx, guests)).toEqual(["confirmed"]);
    expect(await reasonOf(drain(event, stage.as(actorOf(stage.owner))))).toBe("FORBIDDEN");
  });

  test("ten thousand people in few statements, and nobody twice when a run dies in the middle", async () => {
    const event = await stage.anEvent({ capacity: 10_000 });
    await addRegistrants(stage.ctx, event, 10_000);
    const [live] = await stage.ctx.db.execute<{ seated: number; waiting: number }>(sql`
      select (count(*) filter (where status = 'confirmed'))::int as seated,
        (count(*) filter (where status = 'waitlisted'))::int as waiting
      from registrations where event_id = ${event.id}`);
    const { seated = 0, waiting = 0 } = live ?? {};
    await stage.ctx.db.execute(sql`
      update events set seats_taken = ${seated}, waitlist_length = ${waiting}, last_number = 10000,
        seq = 10000 where id = ${event.id}`);
    await callOff(event);
    let looks = 0;
    const dying = {
      ...stage.ctx,
      get deadline() {
        looks += 1;
        if (looks > 3) throw new Error("the process is gone");
        return stage.ctx.deadline;
      },
    };
    const call = { name: "events.cancel-registrations", requestId: "request", queries: 0 };
    await runInCall(call, () => expect(drain(event, dying)).rejects.toThrow("the process is gone"));
    const half = await toldOf(event);
    expect(half?.told).toBeGreaterThan(0);
    expect(half?.told).toBeLessThan(seated + waiting);
    await expectSound(stage.ctx, event, { mayWait: true });

    expect(await runInCall(call, () => drain(event, stage.ctx, { runMs: 0 }))).toBe(false);
    expect(await runInCall(call, () => drain(event))).toBe(true);
    expect(call.queries).toBeLessThanOrEqual(60);
    expect(await toldOf(event)).toEqual({ told: seated + waiting, people: seated + waiting });
    await expectSound(stage.ctx, event);
  });
});
