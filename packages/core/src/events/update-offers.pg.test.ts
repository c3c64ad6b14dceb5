import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { acceptOffer } from "#core/registrations/accept-offer.ts";
import { cancel } from "#core/registrations/cancel.ts";
import { passSeats } from "#core/registrations/pass-seats.ts";
import { actorOf } from "#test/bed.ts";
import { reasonOf } from "#test/refusals.ts";
import { expectSound, type Guest, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { update } from "./update.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

/** The log of a registration, without the numbers of its changes. */
async function logOf({ registrationId }: Guest) {
  const rows = await stage.ctx.db.execute(sql`
    select action, actor_id, details - 'seq' as details from audit_log
    where entity_id = ${registrationId} order by id`);
  return rows.map(({ action, actor_id, details }) => [action, actor_id, details]);
}

describe("an event that is moved while a seat is held", () => {
  test("holds it until the new beginning at most, and a job ends it then", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "offer", offerHours: 20 });
    const [first, second] = await someGuests(stage, event, 2);
    const now = new Date();
    stage.setNow(now);
    await cancel(first!.ctx, { registrationId: first!.registrationId });
    const heldUntil = new Date(now.getTime() + 20 * HOUR).toISOString();
    const startsAt = new Date(now.getTime() + 2 * HOUR);
    await update(stage.as(actorOf(stage.owner)), {
      eventId: event.id,
      version: 1,
      apply: "this",
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + HOUR).toISOString(),
    });
    const [job] = await stage.ctx.db.execute<{ due: string; ends: string }>(sql`
      select o.due_at as due, r.offer_expires_at as ends
      from registrations r join outbox o on o.job = 'registrations.pass-seats'
      where r.id = ${second!.registrationId} and o.due_at = r.offer_expires_at
        and o.payload ->> 'eventId' = ${event.id}`);
    expect([job?.due, job?.ends].map((time) => new Date(time ?? 0))).toEqual([startsAt, startsAt]);
    expect(await logOf(second!)).toEqual([
      ["registrations.register", second!.person.id, { status: "waitlisted" }],
      ["registrations.passSeats", null, { from: "waitlisted", to: "offered" }],
      ["events.update", stage.owner.id, { before: heldUntil, heldUntil: startsAt.toISOString() }],
    ]);
    stage.setNow(startsAt);
    const input = { registrationId: second!.registrationId };
    expect(await reasonOf(acceptOffer(second!.ctx, input))).toBe("OFFER_EXPIRED");
    const key = { organizationId: stage.organizationId, eventId: event.id };
    await passSeats(stage.ctx, key);
    expect(await statusesOf(stage.ctx, [second!])).toEqual(["expired"]);
    expect((await logOf(second!)).at(-1)).toEqual([
      "registrations.passSeats",
      null,
      { from: "offered", to: "expired" },
    ]);
  });

  test("a seat that nobody could be given after the beginning goes to who waits when it is put off", async () => {
    const startsAt = new Date(Date.now() + HOUR);
    const event = await stage.anEvent({ startsAt, capacity: 1, waitlistMode: "automatic" });
    const [first, second] = await someGuests(stage, event, 2);
    stage.setNow(new Date(startsAt.getTime() + 60_000));
    const owner = stage.as(actorOf(stage.owner));
    await cancel(owner, { registrationId: first!.registrationId });
    expect(await statusesOf(stage.ctx, [second!])).toEqual(["waitlisted"]);
    const later = new Date(startsAt.getTime() + DAY);
    await update(owner, {
      eventId: event.id,
      version: 1,
      apply: "this",
      startsAt: later.toISOString(),
      endsAt: new Date(later.getTime() + HOUR).toISOString(),
    });
    expect(await statusesOf(stage.ctx, [second!])).toEqual(["confirmed"]);
    await expectSound(stage.ctx, event);
  });
});
