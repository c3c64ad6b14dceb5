import { HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { cancel } from "#core/registrations/cancel.ts";
import { listMine } from "#core/registrations/queries.ts";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import type { TestUser } from "#test/builders.ts";
import { useStage } from "#test/stage.ts";
import { getEvent } from "./get-event.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const get = (user: TestUser, event: { id: string }) =>
  getEvent(stage.as(actorOf(user)), { eventId: event.id });

async function listed(user: TestUser) {
  const page = await listMine(stage.as(actorOf(user)), { when: "upcoming", limit: 20 });
  return page.items;
}

describe("events.get and registrations.listMine, of the caller", () => {
  test("the caller's registration is the live one, with its place in the queue", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    const people = [await stage.aMember(), await stage.aMember(), await stage.aMember()];
    for (const person of people) await register(stage.as(actorOf(person)), { eventId: event.id });
    const mine = await Promise.all(
      people.map(async (person) => (await get(person, event)).myRegistration),
    );
    expect(mine).toMatchObject([
      { status: "confirmed", number: "0001" },
      { status: "waitlisted", number: "0002", position: 1 },
      { status: "waitlisted", number: "0003", position: 2 },
    ]);
    const gone = await get(await stage.aMember(), event);
    expect(gone).not.toHaveProperty("myStatus");
    expect(gone).not.toHaveProperty("myRegistration");
    expect(gone).not.toHaveProperty("endedRegistration");
  });

  test("a place in the queue comes with the event's seats of the same moment, whatever is kept", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    const people = [await stage.aMember(), await stage.aMember(), await stage.aMember()];
    for (const person of people) await register(stage.as(actorOf(person)), { eventId: event.id });
    const [, ahead, me] = people;
    const shown = async () => {
      const { myRegistration, seatsTaken, waitlistLength, seq } = await get(me!, event);
      return { position: myRegistration?.position, seatsTaken, waitlistLength, seq };
    };
    expect(await shown()).toEqual({ position: 2, seatsTaken: 1, waitlistLength: 2, seq: 3 });
    // As another process would: this one's cache hears nothing of it.
    await stage.ctx.db.execute(sql`
      with line as (update events set waitlist_length = 1, seq = 4 where id = ${event.id})
      update registrations set status = 'cancelled', ended_by = 'attendee', queue_no = null, seq = 4
      where event_id = ${event.id} and user_id = ${ahead!.id}`);
    expect(await shown()).toEqual({ position: 1, seatsTaken: 1, waitlistLength: 1, seq: 4 });
    const { items } = await listMine(stage.as(actorOf(me!)), { when: "upcoming", limit: 9 });
    expect(items).toMatchObject([{ position: 1, event: { waitlistLength: 1, seq: 4 } }]);
    expect(await get(await stage.aMember(), event)).not.toHaveProperty("seq");
  });

  test("what ended is told with what the organisers said, until one registers again", async () => {
    const event = await stage.anEvent();
    const person = await stage.aMember();
    const mine = stage.as(actorOf(person));
    const { registration } = await register(mine, { eventId: event.id });
    await cancel(stage.as(actorOf(stage.owner)), {
      registrationId: registration.id,
      reason: "会場の都合です。",
    });
    const ended = await get(person, event);
    expect(ended).not.toHaveProperty("myStatus");
    expect(ended).not.toHaveProperty("myRegistration");
    expect(ended.endedRegistration).toEqual({
      id: registration.id,
      status: "cancelled",
      endedBy: "organizer",
      reason: "会場の都合です。",
    });
    expect(await listed(person)).toMatchObject([
      { status: "cancelled", endedBy: "organizer", reason: "会場の都合です。" },
    ]);
    await register(mine, { eventId: event.id });
    const again = await get(person, event);
    expect(again).not.toHaveProperty("endedRegistration");
    expect(again).toMatchObject({ myStatus: "confirmed", myRegistration: { number: "0002" } });
  });

  test("an offer says until when the seat is held", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "offer", offerHours: 6 });
    const [seated, waiting] = [await stage.aMember(), await stage.aMember()];
    const { registration } = await register(stage.as(actorOf(seated)), { eventId: event.id });
    await register(stage.as(actorOf(waiting)), { eventId: event.id });
    const now = new Date();
    stage.setNow(now);
    await cancel(stage.as(actorOf(seated)), { registrationId: registration.id });
    const offered = {
      status: "offered",
      offerExpiresAt: new Date(now.getTime() + 6 * HOUR).toISOString(),
    };
    expect((await get(waiting, event)).myRegistration).toMatchObject(offered);
    expect(await listed(waiting)).toMatchObject([offered]);
  });

  test("the list says until when a seat can be given back and answers be changed", async () => {
    const cancelUntil = new Date(Date.now() + HOUR);
    const free = await stage.anEvent({ cancelUntil });
    const asking = await stage.anEvent({
      questions: [
        {
          id: "note",
          kind: "text",
          label: { ja: "備考", en: "Note" },
          required: false,
          options: [],
        },
      ],
    });
    const person = await stage.aMember();
    for (const { id } of [free, asking]) {
      await register(stage.as(actorOf(person)), { eventId: id });
    }
    const mine = new Map((await listed(person)).map((item) => [item.event.id, item]));
    expect(mine.get(free.id)?.cancelUntil).toBe(cancelUntil.toISOString());
    expect(mine.get(free.id)).not.toHaveProperty("answersUntil");
    expect(mine.get(asking.id)).toMatchObject({
      cancelUntil: asking.startsAt.toISOString(),
      answersUntil: asking.registrationClosesAt.toISOString(),
    });
  });

  test("the list can be narrowed to some statuses, page after page", async () => {
    const person = await stage.aMember();
    const mine = stage.as(actorOf(person));
    const ids: string[] = [];
    for (const place of [1, 2, 3]) {
      const event = await stage.anEvent({ startsAt: new Date(Date.now() + place * HOUR) });
      const { registration } = await register(mine, { eventId: event.id });
      ids.push(registration.id);
    }
    await cancel(mine, { registrationId: ids[1]! });
    const input = { when: "upcoming" as const, limit: 1, statuses: ["confirmed" as const] };
    const first = await listMine(mine, input);
    const second = await listMine(mine, { ...input, cursor: first.nextCursor ?? undefined });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    expect(second.nextCursor).toBeNull();
    const ended = await listMine(mine, { ...input, statuses: ["cancelled", "rejected"] });
    expect(ended.items.map(({ id }) => id)).toEqual([ids[1]]);
  });
});
