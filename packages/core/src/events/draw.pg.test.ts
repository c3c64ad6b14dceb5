import { createHmac, randomBytes } from "node:crypto";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { transaction } from "#core/db/transaction.ts";
import type { JobPayload } from "#core/jobs/catalog.ts";
import { announceDraw } from "#core/registrations/announce-draw.ts";
import { cancel } from "#core/registrations/cancel.ts";
import { drawWhenDue } from "#core/registrations/draw-when-due.ts";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent } from "#test/builders.ts";
import { jobsFor } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import {
  expectSound,
  type Guest,
  kindsTold,
  setDisabled,
  someGuests,
  statusesOf,
} from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { draw } from "./draw.ts";
import { getEvent } from "./get-event.ts";
import { listDraw } from "./list-draw.ts";

const stage = useStage();
const asOwner = () => stage.as(actorOf(stage.owner));
afterEach(() => stage.setNow(new Date()));

const drawAt = new Date(Date.now() + HOUR);

/** Everyone has entered, and the time of the draw has come. */
async function aLottery(entrants: number, overrides: Parameters<typeof stage.anEvent>[0] = {}) {
  stage.setNow(new Date());
  const seed = randomBytes(32).toString("hex");
  const event = await stage.anEvent({
    startsAt: new Date(Date.now() + DAY),
    capacity: 3,
    waitlistMode: "automatic",
    allocation: "lottery",
    drawAt,
    drawSeed: seed,
    ...overrides,
  });
  const guests = await someGuests(stage, event, entrants);
  stage.setNow(drawAt);
  const key = { organizationId: stage.organizationId, eventId: event.id };
  return { event, key, guests, order: drawOf(seed, guests) };
}

/** So many more, each written as if they had entered. */
async function enter(event: TestEvent, count: number): Promise<void> {
  await stage.ctx.db.execute(sql`
    with people as (
      insert into users (organization_id, email, family_name, given_name, locale, time_zone)
      select organization_id, 'entrant-' || i || '@example.test', '山田', '太郎', 'ja', 'Asia/Tokyo'
      from events, generate_series(1, ${count}::int) i where id = ${event.id}
      returning organization_id, id
    )
    insert into registrations (organization_id, event_id, user_id, status, seq, number)
    select organization_id, ${event.id}, id, 'pending', 1 + row_number() over (), 1 + row_number() over ()
    from people`);
  await stage.ctx.db.execute(sql`
    update events set pending_count = pending_count + ${count}::int, seq = seq + ${count}::int,
      last_number = last_number + ${count}::int
    where id = ${event.id}`);
}

/** What anyone can do at home. */
function drawOf(seed: string, guests: Guest[]): Guest[] {
  const lot = ({ registrationId }: Guest) =>
    createHmac("sha256", Buffer.from(seed, "hex")).update(registrationId).digest("hex");
  return guests.toSorted((one, other) => (lot(one) < lot(other) ? -1 : 1));
}

/** What the job that tells people of the draw was given. */
async function toldOfDraw({
  organizationId,
  eventId,
}: {
  organizationId: string;
  eventId: string;
}) {
  const [job] = await stage.ctx.db.execute<{
    payload: JobPayload<"registrations.announce-draw">;
  }>(sql`
    select payload from outbox
    where job = 'registrations.announce-draw' and payload ->> 'eventId' = ${eventId}`);
  if (job === undefined) throw new Error("nobody is told of the draw");
  return { ...job.payload, organizationId };
}

/** What the mail about the draw tells. */
async function resultOf({ registrationId }: Guest): Promise<unknown> {
  const [row] = await stage.ctx.db.execute(sql`
    select details ->> 'to' as "to" from notifications
    where registration_id = ${registrationId} and kind = 'registrations.draw-result'`);
  return row?.to;
}

describe("events.draw", () => {
  test("does the thing", async () => {
    const { event, guests, order } = await aLottery(8);
    expect(await statusesOf(stage.ctx, guests)).toEqual(Array(8).fill("pending"));
    await draw(asOwner(), { eventId: event.id });
    expect(await statusesOf(stage.ctx, order)).toEqual([
      ...Array(3).fill("confirmed"),
      ...Array(5).fill("waitlisted"),
    ]);
    const rows = await stage.ctx.db.execute<{ id: string; position: number | null }>(sql`
      select id, draw_rank, row_number() over (order by queue_no) as position
      from registrations where event_id = ${event.id} and status = 'waitlisted' order by queue_no`);
    expect(rows.map((row) => row.id)).toEqual(order.slice(3).map((guest) => guest.registrationId));
    await expectSound(stage.ctx, event);
  });

  test("without a waitlist the others are told that they were not drawn", async () => {
    const { event, order } = await aLottery(5, { waitlistMode: "none" });
    await draw(asOwner(), { eventId: event.id });
    expect(await statusesOf(stage.ctx, order)).toEqual([
      ...Array(3).fill("confirmed"),
      ...Array(2).fill("rejected"),
    ]);
    await expectSound(stage.ctx, event);
  });

  test("a disabled account is drawn like everyone, and waits while its seat goes to the next", async () => {
    const { event, key, order } = await aLottery(6);
    const absent = [order[0]!, order[2]!, order[5]!];
    await setDisabled(stage.ctx, absent, true);
    await draw(asOwner(), { eventId: event.id });
    expect(await statusesOf(stage.ctx, order)).toEqual([
      "waitlisted",
      "confirmed",
      "waitlisted",
      "confirmed",
      "confirmed",
      "waitlisted",
    ]);
    // What anyone computes: nobody's place depends on whose account was disabled.
    const { items } = await listDraw(asOwner(), { eventId: event.id, limit: 10 });
    expect(items.map(({ registrationId }) => registrationId)).toEqual(
      order.map(({ registrationId }) => registrationId),
    );
    await expectSound(stage.ctx, event);
    await announceDraw(stage.ctx, await toldOfDraw(key));
    expect(await Promise.all(order.map(resultOf))).toEqual(await statusesOf(stage.ctx, order));
    await setDisabled(stage.ctx, absent, false);
    await cancel(order[1]!.ctx, { registrationId: order[1]!.registrationId });
    expect((await statusesOf(stage.ctx, order)).slice(0, 3)).toEqual([
      "confirmed",
      "cancelled",
      "waitlisted",
    ]);
    await expectSound(stage.ctx, event);
  });

  test("more seats than people who can come: nobody who can is left out, and none of the others is in", async () => {
    const { event, key, order } = await aLottery(4, { capacity: 9, waitlistMode: "none" });
    await setDisabled(stage.ctx, order.slice(0, 1), true);
    await draw(asOwner(), { eventId: event.id });
    const ends = ["rejected", "confirmed", "confirmed", "confirmed"];
    expect(await statusesOf(stage.ctx, order)).toEqual(ends);
    await announceDraw(stage.ctx, await toldOfDraw(key));
    expect(await Promise.all(order.map(resultOf))).toEqual(ends);
    await expectSound(stage.ctx, event);
  });

  test("afterwards the first to come is the first served", async () => {
    const { event } = await aLottery(2);
    await draw(asOwner(), { eventId: event.id });
    const late = stage.as(actorOf(await stage.aMember()));
    const { registration } = await register(late, { eventId: event.id });
    expect(registration.status).toBe("confirmed");
    await expectSound(stage.ctx, event);
  });

  test("everyone who took part is told once, however often the telling begins anew", async () => {
    const { key, guests } = await aLottery(5);
    await draw(asOwner(), { eventId: key.eventId });
    const tell = () => announceDraw(stage.ctx, key);
    await Promise.allSettled([tell(), tell()]);
    await tell();
    for (const guest of guests) {
      expect(await kindsTold(stage.ctx, guest)).toEqual([
        "registrations.confirmation",
        "registrations.draw-result",
      ]);
    }
  });

  test("a big one is the worker's: refused and asked for like any other, and drawn by its job", async () => {
    const { event, key } = await aLottery(1);
    await enter(event, 5_000);
    stage.setNow(new Date(drawAt.getTime() - 1));
    expect(await reasonOf(draw(asOwner(), { eventId: event.id }))).toBe("STATE_CONFLICT");
    const jobs = () => jobsFor(stage.ctx, { job: "registrations.draw-lots", eventId: event.id });
    expect(await jobs()).toEqual([]);
    stage.setNow(drawAt);
    expect(await draw(asOwner(), { eventId: event.id })).toMatchObject({ drawnAt: null });
    expect(await jobs()).toHaveLength(1);
    await transaction(stage.ctx, (tx) => drawWhenDue(tx, key));
    await expectSound(stage.ctx, event);
    expect(await getEvent(asOwner(), { eventId: event.id })).toMatchObject({
      drawnAt: drawAt.toISOString(),
      entrants: 5_001,
      seatsTaken: 3,
      waitlistLength: 4_998,
    });
    expect(await reasonOf(draw(asOwner(), { eventId: event.id }))).toBe("STATE_CONFLICT");
  });

  test("refuses before its time, a second time, and where nothing is drawn", async () => {
    const { event } = await aLottery(1);
    stage.setNow(new Date(drawAt.getTime() - 1));
    await expect(draw(asOwner(), { eventId: event.id })).rejects.toMatchObject({
      reason: "STATE_CONFLICT",
      details: { fields: { drawAt: drawAt.toISOString() } },
    });
    stage.setNow(drawAt);
    await draw(asOwner(), { eventId: event.id });
    expect(await reasonOf(draw(asOwner(), { eventId: event.id }))).toBe("STATE_CONFLICT");
    const other = await stage.anEvent();
    expect(await reasonOf(draw(asOwner(), { eventId: other.id }))).toBe("STATE_CONFLICT");
  });

  test("rejects a stranger", async () => {
    const { event, guests } = await aLottery(1);
    const other = stage.as(actorOf(await stage.aMember({ role: "organizer" })));
    expect(await reasonOf(draw(other, { eventId: event.id }))).toBe("NOT_FOUND");
    expect(await statusesOf(stage.ctx, guests)).toEqual(["pending"]);
  });

  test("survives a race", async () => {
    const { event, key, order } = await aLottery(9);
    const clocks = [1, 2, 3].map(() => transaction(stage.ctx, (tx) => drawWhenDue(tx, key)));
    const people = [1, 2].map(() => reasonOf(draw(asOwner(), { eventId: event.id })));
    const [ends] = await Promise.all([Promise.all(people), ...clocks]);
    expect(ends.every((end) => end === "no refusal" || end === "STATE_CONFLICT")).toBe(true);
    expect((await statusesOf(stage.ctx, order)).slice(0, 3)).toEqual(Array(3).fill("confirmed"));
    await expectSound(stage.ctx, event);
  });
});

describe("the clock", () => {
  test("holds a draw at its time and passes by what is not due", async () => {
    const { key, guests } = await aLottery(1);
    stage.setNow(new Date(drawAt.getTime() - 1));
    await transaction(stage.ctx, (tx) => drawWhenDue(tx, key));
    expect(await statusesOf(stage.ctx, guests)).toEqual(["pending"]);
    stage.setNow(drawAt);
    await transaction(stage.ctx, (tx) => drawWhenDue(tx, key));
    await transaction(stage.ctx, (tx) => drawWhenDue(tx, key));
    expect(await statusesOf(stage.ctx, guests)).toEqual(["confirmed"]);
  });
});
