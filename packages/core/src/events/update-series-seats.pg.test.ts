import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { runInCall } from "#core/platform/call.ts";
import { passSeats } from "#core/registrations/pass-seats.ts";
import { actorOf } from "#test/bed.ts";
import { anInput, jobsFor } from "#test/event-changes.ts";
import { expectSound } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { createSeries } from "./create-series.ts";
import { publish } from "./publish.ts";
import { update } from "./update.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const owner = () => stage.as(actorOf(stage.owner));

async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const call = { name: "events.update", requestId: "request", queries: 0 };
  await runInCall(call, work);
  return call.queries;
}

/** Two people to each: the only seat is held for one until the beginning, and the other one waits. */
async function fill(eventIds: string[]): Promise<void> {
  const [one, other] = await stage.someMembers(2);
  const ids = sql.param(eventIds);
  await stage.ctx.db.execute(sql`
    insert into registrations
      (organization_id, event_id, user_id, status, seq, number, queue_no, offer_expires_at)
    select organization_id, id, place.user_id, place.status, place.seq, place.seq,
      case when place.status = 'waitlisted' then place.seq end,
      case when place.status = 'offered' then starts_at end
    from events, (values (${one?.id}::uuid, 'offered', 1), (${other?.id}::uuid, 'waitlisted', 2))
      as place (user_id, status, seq)
    where id = any(${ids}::uuid[])`);
  await stage.ctx.db.execute(sql`
    update events set seats_taken = 1, waitlist_length = 1, seq = 2, last_number = 2, offers_end_at = starts_at
    where id = any(${ids}::uuid[])`);
}

/** Shown, filled, given a seat more, and held an hour earlier with its draw. */
async function changed(count: number) {
  stage.setNow(new Date("2026-10-01T00:00:00.000Z"));
  const event = anInput({
    startsAt: "2026-10-15T06:00:00.000Z",
    capacity: 1,
    waitlistMode: "automatic",
    allocation: "lottery",
    drawAt: "2026-10-14T06:00:00.000Z",
  });
  const { events } = await createSeries(owner(), { event, rrule: `FREQ=DAILY;COUNT=${count}` });
  const ids = events.map(({ id }) => id);
  const [eventId = ""] = ids;
  const shown = await statementsOf(() =>
    publish(owner(), { eventId, apply: "all", allowMissingTranslation: false }),
  );
  await fill(ids);
  const moved = await statementsOf(() =>
    update(owner(), {
      eventId,
      version: 2,
      apply: "all",
      capacity: 2,
      startsAt: "2026-10-15T05:00:00.000Z",
      endsAt: "2026-10-15T06:00:00.000Z",
      drawAt: "2026-10-14T05:00:00.000Z",
    }),
  );
  return { ids, statements: { shown, moved } };
}

describe("seats, offers and draws of a series that changes", () => {
  test("take as many statements for a hundred events as for two", async () => {
    const few = await changed(2);
    expect((await changed(100)).statements).toEqual(few.statements);
  });

  test("follow in each of them: offers end by the new beginning, a job passes seats on, another one draws", async () => {
    const { ids } = await changed(3);
    for (const [index, eventId] of ids.entries()) {
      const at = (day: number) => new Date(Date.UTC(2026, 9, day + index, 5)).getTime();
      const [held] = await stage.ctx.db.execute<{ ends: string; told: string }>(sql`
        select r.offer_expires_at as ends, e.offers_end_at as told
        from events e join registrations r on r.event_id = e.id and r.status = 'offered'
        where e.id = ${eventId}`);
      expect([held?.ends, held?.told].map((time) => Date.parse(time ?? ""))).toEqual([
        at(15),
        at(15),
      ]);
      const due = async (job: string) =>
        (await jobsFor(stage.ctx, { job, eventId })).map((time) => Date.parse(time));
      expect(await due("registrations.draw-lots")).toContain(at(14));
      const passing = await due("registrations.pass-seats");
      expect(passing).toHaveLength(2);
      expect(passing).toContain(at(15));
      const { organizationId } = stage;
      expect(await passSeats(stage.ctx, { organizationId, eventId })).toBe(true);
      await expectSound(stage.ctx, { organizationId, id: eventId });
    }
  });
});
