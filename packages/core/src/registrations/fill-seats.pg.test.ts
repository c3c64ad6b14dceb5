import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { countViolations } from "#core/events/count-violations.ts";
import { update } from "#core/events/update.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { expectSound, type Guest, setDisabled, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { approve } from "./approve.ts";
import { cancel } from "./cancel.ts";
import { passSeats } from "./pass-seats.ts";
import { register } from "./register.ts";

const stage = useStage();
const asOwner = () => stage.as(actorOf(stage.owner));

const disable = (...guests: Guest[]) => setDisabled(stage.ctx, guests, true);
const enable = (...guests: Guest[]) => setDisabled(stage.ctx, guests, false);
const leave = ({ ctx, registrationId }: Guest) => cancel(ctx, { registrationId });
const pass = ({ organizationId, id }: TestEvent) =>
  passSeats(stage.ctx, { organizationId, eventId: id });
const raise = ({ id }: TestEvent, capacity: number) =>
  update(asOwner(), { eventId: id, version: 1, apply: "this", capacity });

async function aQueue(length: number, overrides: Parameters<typeof stage.anEvent>[0] = {}) {
  const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic", ...overrides });
  const [seated, ...queue] = await someGuests(stage, event, 1 + length);
  return { event, seated: seated!, queue };
}

describe("registrations/fill-seats", () => {
  test.each([
    ["automatic" as const, "confirmed"],
    ["offer" as const, "offered"],
  ])("a disabled account is passed by, and keeps its place: %s", async (waitlistMode, status) => {
    const { event, seated, queue } = await aQueue(3, { waitlistMode });
    await disable(queue[0]!);
    await leave(seated);
    expect(await statusesOf(stage.ctx, queue)).toEqual(["waitlisted", status, "waitlisted"]);
    await expectSound(stage.ctx, event);
    await enable(queue[0]!);
    await leave(queue[1]!);
    expect(await statusesOf(stage.ctx, queue)).toEqual([status, "cancelled", "waitlisted"]);
    await expectSound(stage.ctx, event);
  });

  test("more seats than people who can take them: the others wait, and no run goes on for ever", async () => {
    const { event, queue } = await aQueue(4);
    await disable(queue[0]!, queue[2]!);
    await raise(event, 10);
    const statuses = ["waitlisted", "confirmed", "waitlisted", "confirmed"];
    expect(await statusesOf(stage.ctx, queue)).toEqual(statuses);
    expect(await pass(event)).toBe(true);
    expect(await statusesOf(stage.ctx, queue)).toEqual(statuses);
    const [jobs] = await stage.ctx.db.execute(sql`
      select count(*)::int as count from outbox
      where job = 'registrations.pass-seats' and payload ->> 'eventId' = ${event.id}`);
    expect(jobs).toEqual({ count: 0 });
    await expectSound(stage.ctx, event);
  });

  test("where only disabled accounts wait, who comes gets the free seat, and the next one waits", async () => {
    const { event, seated, queue } = await aQueue(2);
    await disable(...queue);
    await leave(seated);
    expect(await pass(event)).toBe(true);
    const late = await someGuests(stage, event, 2);
    expect(await statusesOf(stage.ctx, late)).toEqual(["confirmed", "waitlisted"]);
    expect(await statusesOf(stage.ctx, queue)).toEqual(["waitlisted", "waitlisted"]);
    await leave(late[0]!);
    expect(await statusesOf(stage.ctx, late)).toEqual(["cancelled", "confirmed"]);
    await expectSound(stage.ctx, event);
  });

  test.each(["automatic" as const, "offer" as const])(
    "who is approved has the free seat that a disabled account cannot take: %s",
    async (waitlistMode) => {
      const { event, seated, queue } = await aQueue(2, { approval: true, waitlistMode });
      for (const { registrationId } of [seated, queue[0]!]) {
        await approve(asOwner(), { registrationId });
      }
      await disable(queue[0]!);
      await leave(seated);
      await approve(asOwner(), { registrationId: queue[1]!.registrationId });
      expect(await statusesOf(stage.ctx, queue)).toEqual(["waitlisted", "confirmed"]);
      await expectSound(stage.ctx, event);
    },
  );

  test("who is enabled again has their turn at once where a seat is free, in each event they wait for", async () => {
    const { event, seated, queue } = await aQueue(2);
    const other = await aQueue(1);
    const past = await aQueue(1);
    await stage.ctx.db.execute(sql`
      update registrations set user_id = ${queue[0]!.person.id}
      where id in (${other.queue[0]!.registrationId}, ${past.queue[0]!.registrationId})`);
    await disable(...queue);
    await leave(seated);
    await leave(other.seated);
    await stage.ctx.db.execute(sql`
      update events set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'
      where id = ${past.event.id}`);
    await stage.ctx.db.execute(sql`delete from outbox`);
    await enable(...queue);
    await enable(...queue);
    const jobs = await stage.ctx.db.execute<{ id: string }>(sql`
      select payload ->> 'eventId' as id from outbox where job = 'registrations.pass-seats'`);
    expect(jobs.map(({ id }) => id).toSorted()).toEqual([event.id, other.event.id].toSorted());
    for (const some of [event, other.event]) await pass(some);
    expect(await statusesOf(stage.ctx, queue)).toEqual(["confirmed", "waitlisted"]);
    expect(await statusesOf(stage.ctx, other.queue)).toEqual(["confirmed"]);
    await expectSound(stage.ctx, event);
    await expectSound(stage.ctx, other.event);
  });

  test("people who come at once while only disabled accounts wait: no seat too many", async () => {
    const { event, queue } = await aQueue(3);
    await disable(...queue);
    await raise(event, 4);
    const people = await stage.someMembers(8);
    const reasons = await Promise.all(
      people.map((person) => reasonOf(register(stage.as(actorOf(person)), { eventId: event.id }))),
    );
    expect(reasons).toEqual(Array(8).fill("no refusal"));
    expect(await statusesOf(stage.ctx, queue)).toEqual(Array(3).fill("waitlisted"));
    await expectSound(stage.ctx, event);
  });

  test("a free seat beside disabled accounts is no violation, and is one beside anybody else", async () => {
    const { event, seated, queue } = await aQueue(2);
    await disable(...queue);
    await leave(seated);
    const found = async () => {
      await stage.ctx.db.execute(sql`
        update registrations set updated_at = now() - interval '90 seconds'
        where event_id = ${event.id}`);
      return (await countViolations(stage.ctx)).violations.free_seat_beside_waiting;
    };
    const before = await found();
    await enable(queue[1]!);
    expect(await found()).toBe(before);
    await stage.ctx.db.execute(sql`update outbox set created_at = now() - interval '90 seconds'`);
    expect(await found()).toBe(before + 1);
    await pass(event);
    expect(await statusesOf(stage.ctx, queue)).toEqual(["waitlisted", "confirmed"]);
    expect(await found()).toBe(before);
  });
});
