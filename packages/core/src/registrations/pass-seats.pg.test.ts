import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { update } from "#core/events/update.ts";
import { runInCall } from "#core/platform/call.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent } from "#test/builders.ts";
import { aFullEvent } from "#test/full-event.ts";
import { reasonOf } from "#test/refusals.ts";
import { expectSound } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { passSeats } from "./pass-seats.ts";

const stage = useStage();

const keyOf = ({ organizationId, id }: TestEvent) => ({ organizationId, eventId: id });

const raise = ({ id }: TestEvent, capacity: number, apply: "this" | "all" = "this") =>
  update(stage.as(actorOf(stage.owner)), { eventId: id, version: 1, apply, capacity });

async function waitingIn({ id }: TestEvent): Promise<number> {
  const [row] = await stage.ctx.db.execute<{ waiting: number }>(sql`
    select count(*)::int as waiting from registrations where event_id = ${id} and status = 'waitlisted'`);
  return row?.waiting ?? 0;
}

/** Jobs that pass this event's seats on, now. */
async function jobsOf({ id }: TestEvent): Promise<number> {
  const [row] = await stage.ctx.db.execute<{ jobs: number }>(sql`
    select count(*)::int as jobs from outbox
    where job = 'registrations.pass-seats' and payload ->> 'eventId' = ${id} and due_at <= now()`);
  return row?.jobs ?? 0;
}

describe("registrations/pass-seats", () => {
  test("five thousand seats more: the first five hundred with the change, the others in one run of a job", async () => {
    const event = await aFullEvent(stage, { seats: 5_000, waiting: 5_000 });
    await raise(event, 10_000);
    expect(await waitingIn(event)).toBe(4_500);
    expect(await jobsOf(event)).toBe(1);
    await expectSound(stage.ctx, event, { mayWait: true });

    expect(await passSeats(stage.ctx, { ...keyOf(event), runMs: 0 })).toBe(false);
    expect(await waitingIn(event)).toBe(4_000);
    const call = { name: "registrations.pass-seats", requestId: "request", queries: 0 };
    expect(await runInCall(call, () => passSeats(stage.ctx, keyOf(event)))).toBe(true);
    expect(await waitingIn(event)).toBe(0);
    // Eight slices, and nobody was asked to do what they did themselves.
    expect(call.queries).toBeLessThanOrEqual(8 * 12);
    expect(await jobsOf(event)).toBe(1);
    await expectSound(stage.ctx, event);
    const [told] = await stage.ctx.db.execute<{ told: number; people: number }>(sql`
      select count(*)::int as told, count(distinct registration_id)::int as people from notifications
      where event_id = ${event.id} and kind = 'registrations.promotion'`);
    expect(told).toEqual({ told: 5_000, people: 5_000 });
  });

  test("of a series each event passes its seats on by itself", async () => {
    const events = await Promise.all(
      Array.from({ length: 4 }, () => aFullEvent(stage, { seats: 1, waiting: 400 })),
    );
    await stage.ctx.db.execute(sql`
      with series as (
        insert into event_series (organization_id, rrule, time_zone, created_by)
        values (${stage.organizationId}, 'FREQ=WEEKLY;COUNT=4', 'Asia/Tokyo', ${stage.owner.id}) returning id
      )
      update events set series_id = series.id from series
      where events.id = any(${sql.param(events.map(({ id }) => id))}::uuid[])`);
    await raise(events[0]!, 401, "all");
    for (const event of events) {
      expect(await waitingIn(event)).toBe(400);
      expect(await jobsOf(event)).toBe(1);
      expect(await passSeats(stage.ctx, keyOf(event))).toBe(true);
      expect(await waitingIn(event)).toBe(0);
      await expectSound(stage.ctx, event);
    }
  });

  test("where all is as it should be, nothing is written, and no caller gets here", async () => {
    const event = await aFullEvent(stage, { seats: 1, waiting: 1 });
    expect(await passSeats(stage.ctx, keyOf(event))).toBe(true);
    expect(await jobsOf(event)).toBe(0);
    await expectSound(stage.ctx, event);
    const caller = stage.as(actorOf(stage.owner));
    expect(await reasonOf(passSeats(caller, keyOf(event)))).toBe("FORBIDDEN");
  });
});
