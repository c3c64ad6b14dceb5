import type { CancelEventInput } from "@tsudoi/shared/event-input.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { runInCall } from "#core/platform/call.ts";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser, type TestEvent } from "#test/builders.ts";
import { anInput, eventLog, jobsFor, refusalOf, rowsOf } from "#test/event-changes.ts";
import { aFullEvent } from "#test/full-event.ts";
import { reasonOf } from "#test/refusals.ts";
import { expectSound, kindsTold, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { cancel } from "./cancel.ts";
import { cancelRegistrations } from "./cancel-registrations.ts";
import { createSeries } from "./create-series.ts";
import { publish } from "./publish.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const owner = () => stage.as(actorOf(stage.owner));

function callOff(eventId: string | undefined, more: Partial<CancelEventInput> = {}, by = owner()) {
  return cancel(by, { eventId: eventId ?? "", apply: "this", ...more });
}

const drain = ({ organizationId, id }: TestEvent) =>
  cancelRegistrations(stage.ctx, { organizationId, eventId: id });

const drains = (eventId: string | undefined) =>
  jobsFor(stage.ctx, { job: "events.cancel-registrations", eventId: eventId ?? "" });

describe("events.cancel", () => {
  test("does the thing", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    const guests = await someGuests(stage, event, 2);
    const now = new Date();
    stage.setNow(now);
    expect(await callOff(event.id, { reason: "台風のため" })).toMatchObject({
      status: "cancelled",
      cancelReason: "台風のため",
      version: 2,
    });
    const [row] = await rowsOf(stage.ctx, [event.id]);
    expect(row).toMatchObject({ calendar_sequence: 1, seats_taken: 1 });
    expect(new Date(String(row?.cancelled_at))).toEqual(now);
    expect(await eventLog(stage.ctx, event.id)).toEqual([
      { action: "events.cancel", actorId: stage.owner.id },
    ]);
    expect(await statusesOf(stage.ctx, guests)).toEqual(["confirmed", "waitlisted"]);
    expect(await drains(event.id)).toHaveLength(1);
  });

  test("from then on nobody registers", async () => {
    const event = await stage.anEvent();
    await callOff(event.id);
    const member = stage.as(actorOf(await stage.aMember()));
    expect(await reasonOf(register(member, { eventId: event.id }))).toBe("EVENT_CANCELLED");
    expect(await drains(event.id)).toEqual([]);
  });

  test("a second time, a draft, and what is over are refused", async () => {
    const past = { startsAt: new Date(Date.now() - DAY), endsAt: new Date(Date.now() - HOUR) };
    const cases = [
      [{ status: "draft", publishedAt: null }, "draft"],
      [{ status: "cancelled" }, "cancelled"],
      [{ status: "archived" }, "archived"],
      [past, "over"],
    ] as const;
    for (const [overrides, status] of cases) {
      const event = await stage.anEvent(overrides);
      expect(await refusalOf(callOff(event.id))).toMatchObject({
        reason: "STATE_CONFLICT",
        details: { fields: { status } },
      });
    }
  });

  test("rejects a stranger", async () => {
    const event = await stage.anEvent();
    const before = await rowsOf(stage.ctx, [event.id]);
    const elsewhere = await aUser(stage.ctx, {
      organizationId: await anOrganization(stage.ctx),
      role: "admin",
    });
    const nobody = stage.as({ kind: "anonymous" });
    expect(await reasonOf(callOff(event.id, {}, nobody))).toBe("NOT_SIGNED_IN");
    for (const person of [elsewhere, await stage.aMember({ role: "organizer" })]) {
      expect(await reasonOf(callOff(event.id, {}, stage.as(actorOf(person))))).toBe("NOT_FOUND");
    }
    const helper = await stage.aMember();
    await stage.ctx.db.insert(eventOrganizers).values({
      organizationId: stage.organizationId,
      eventId: event.id,
      userId: helper.id,
      role: "checkin",
    });
    expect(await reasonOf(callOff(event.id, {}, stage.as(actorOf(helper))))).toBe("FORBIDDEN");
    expect(await rowsOf(stage.ctx, [event.id])).toEqual(before);
  });

  test("of a series, drafts stay drafts and what is over stays; of each other one its people are told", async () => {
    const now = new Date("2026-10-01T00:00:00.000Z");
    stage.setNow(now);
    const event = anInput({ startsAt: "2026-10-15T06:00:00.000Z" });
    const { events } = await createSeries(owner(), { event, rrule: "FREQ=WEEKLY;COUNT=4" });
    const ids = events.map(({ id }) => id);
    await publish(owner(), {
      eventId: ids[0] ?? "",
      apply: "all",
      allowMissingTranslation: false,
    });
    await stage.ctx.db.execute(sql`
      update events set last_number = 1 where id = any(${sql.param(ids)}::uuid[])`);
    await stage.ctx.db.execute(sql`update events set status = 'draft' where id = ${ids[2]}`);
    stage.setNow(new Date("2026-10-16T00:00:00.000Z"));
    await callOff(ids[1], { apply: "all" });
    const rows = await rowsOf(stage.ctx, ids);
    expect(rows.map((row) => row.status)).toEqual(["published", "cancelled", "draft", "cancelled"]);
    const told = await Promise.all(ids.map(drains));
    expect(told.map((jobs) => jobs.length)).toEqual([0, 1, 0, 1]);
  });

  test("costs the same however many people come", async () => {
    const statements = async (waiting: number) => {
      const event = await aFullEvent(stage, { seats: 1, waiting });
      const call = { name: "events.cancel", requestId: "request", queries: 0 };
      await runInCall(call, () => callOff(event.id));
      expect(await drains(event.id)).toHaveLength(1);
      const [row] = await stage.ctx.db.execute<{ live: number }>(sql`
        select count(*)::int as live from registrations where event_id = ${event.id} and status <> 'cancelled'`);
      expect(row).toEqual({ live: waiting + 1 });
      return call.queries;
    };
    expect(await statements(9_999)).toBe(await statements(1));
  });

  test("survives a race: whoever got a place before is told, everyone else is refused", async () => {
    const event = await stage.anEvent({ capacity: 5, waitlistMode: "automatic" });
    const people = await stage.someMembers(30);
    const asks = people.map((person) => {
      const ctx = stage.as(actorOf(person));
      return register(ctx, { eventId: event.id }).then(
        ({ registration }) => ({ person, ctx, registrationId: registration.id }),
        (error: unknown) => error,
      );
    });
    const offs = [reasonOf(callOff(event.id)), reasonOf(callOff(event.id))];
    const ends = await Promise.all(asks);
    expect((await Promise.all(offs)).toSorted()).toEqual(["STATE_CONFLICT", "no refusal"]);
    const guests = ends.filter((end) => !(end instanceof Error)) as Awaited<
      ReturnType<typeof someGuests>
    >;
    const refused = ends.filter((end) => end instanceof Error);
    for (const error of refused) expect(error).toMatchObject({ reason: "EVENT_CANCELLED" });
    await Promise.all([drain(event), drain(event)]);
    expect(await statusesOf(stage.ctx, guests)).toEqual(guests.map(() => "cancelled"));
    for (const guest of guests) {
      expect(await kindsTold(stage.ctx, guest)).toEqual([
        "registrations.confirmation",
        "events.cancellation",
      ]);
    }
    await expectSound(stage.ctx, event);
    expect(guests.length + refused.length).toBe(people.length);
  });
});
