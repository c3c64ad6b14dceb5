import { type LiveSeats, markOf, type WatchInput } from "@tsudoi/shared/live-seats.ts";
import { MINUTE, SECOND } from "@tsudoi/shared/time.ts";
import { createMetrics, type Metrics } from "@tsudoi/telemetry/metrics.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { UserActor } from "#core/db/context.ts";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser, type TestEvent, type TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { forgetEvent } from "./cache.ts";
import { createSeatWatch, type SeatWatch } from "./seat-watch.ts";
import { watch } from "./watch.ts";

const stage = useStage();
const LOOK_EVERY_MS = 100;
const IN_TIME = 10_000;

let seatWatch: SeatWatch;
beforeAll(() => {
  seatWatch = createSeatWatch({ context: stage.ctx, lookEveryMs: LOOK_EVERY_MS });
});
afterAll(() => seatWatch[Symbol.dispose]());

type Reader = { seen: LiveSeats[]; leave: () => void; over: Promise<void>; isOver: boolean };

/** Reads a stream until it ends or the test leaves it. */
async function read(
  person: TestUser,
  input: WatchInput,
  { on = seatWatch, ...rest }: { on?: SeatWatch; expiresAt?: Date } = {},
): Promise<Reader> {
  const stop = new AbortController();
  const actor: UserActor = { ...actorOf(person), ...rest };
  const ctx = { ...stage.as(actor), seatWatch: on, signal: stop.signal };
  const stream = await watch(ctx, input);
  const reader: Reader = {
    seen: [],
    leave: () => stop.abort(),
    over: Promise.resolve(),
    isOver: false,
  };
  reader.over = (async () => {
    for await (const seats of stream) reader.seen.push(seats);
    reader.isOver = true;
  })();
  return reader;
}

async function counted(metrics: Metrics, series: string): Promise<number> {
  const lines = (await metrics.render()).body.split("\n");
  const line = lines.find((each) => each.startsWith(`${series} `));
  return Number(line?.slice(series.length));
}

const takeSeat = (event: TestEvent) =>
  stage.ctx.db.execute(sql`
    update events set seats_taken = seats_taken + 1, seq = seq + 1 where id = ${event.id}`);
const setStatus = (event: TestEvent, status: string) =>
  stage.ctx.db.execute(sql`
    update events set status = ${status}, version = version + 1 where id = ${event.id}`);
const last = ({ seen }: Reader) => seen.at(-1);

describe("events.watch", () => {
  test("does the thing", async () => {
    const event = await stage.anEvent({ capacity: 3 });
    const reader = await read(await stage.aMember(), { eventId: event.id });
    const first: LiveSeats = {
      eventId: event.id,
      status: "published",
      capacity: 3,
      seatsTaken: 0,
      waitlistLength: 0,
      seq: 0,
      version: 1,
    };
    await vi.waitFor(() => expect(reader.seen).toEqual([first]), IN_TIME);
    await register(stage.as(actorOf(await stage.aMember())), { eventId: event.id });
    await vi.waitFor(
      () => expect(reader.seen).toEqual([first, { ...first, seatsTaken: 1, seq: 1 }]),
      IN_TIME,
    );
    reader.leave();
    await reader.over;
  });

  test("rejects a stranger, and whoever may not see a draft", async () => {
    const [event, draft] = [
      await stage.anEvent(),
      await stage.anEvent({ status: "draft", publishedAt: null }),
    ];
    const elsewhere = await aUser(stage.ctx, {
      organizationId: await anOrganization(stage.ctx),
      role: "admin",
    });
    const member = await stage.aMember();
    expect(await reasonOf(read(elsewhere, { eventId: event.id }))).toBe("NOT_FOUND");
    expect(await reasonOf(read(member, { eventId: draft.id }))).toBe("NOT_FOUND");
    const asAnyone = { ...stage.as({ kind: "anonymous" }), seatWatch, signal: AbortSignal.any([]) };
    expect(await reasonOf(watch(asAnyone, { eventId: event.id }))).toBe("NOT_SIGNED_IN");
    const owner = await read(stage.owner, { eventId: draft.id });
    await vi.waitFor(() => expect(last(owner)).toMatchObject({ status: "draft" }), IN_TIME);
    owner.leave();
  });

  test("of many events those are told that the caller may see, each when it changes", async () => {
    const [one, other, draft] = [
      await stage.anEvent(),
      await stage.anEvent(),
      await stage.anEvent({ status: "draft", publishedAt: null }),
    ];
    const eventIds = [one.id, other.id, draft.id];
    const reader = await read(await stage.aMember(), { eventIds });
    await vi.waitFor(() => expect(reader.seen.length).toBe(2), IN_TIME);
    expect(new Set(reader.seen.map(({ eventId }) => eventId))).toEqual(new Set([one.id, other.id]));
    await takeSeat(other);
    await vi.waitFor(() => expect(reader.seen.length).toBe(3), IN_TIME);
    expect(last(reader)).toMatchObject({ eventId: other.id, seatsTaken: 1 });
    reader.leave();
  });

  test("who comes back with the mark of the last message is not told the same again", async () => {
    const event = await stage.anEvent();
    const member = await stage.aMember();
    const before = await read(member, { eventId: event.id });
    await vi.waitFor(() => expect(before.seen.length).toBe(1), IN_TIME);
    before.leave();
    const lastEventId = markOf(before.seen[0]!);
    const again = await read(member, { eventId: event.id, lastEventId });
    const stranger = await read(await stage.aMember(), { eventId: event.id });
    await vi.waitFor(() => expect(stranger.seen.length).toBe(1), IN_TIME);
    await takeSeat(event);
    await vi.waitFor(() => expect(stranger.seen.length).toBe(2), IN_TIME);
    expect(again.seen).toEqual([last(stranger)]);
    again.leave();
    stranger.leave();
  });
});

describe("a stream", () => {
  test("of 100 changes tells a few, the last one right", async () => {
    const event = await stage.anEvent({ capacity: 200 });
    const reader = await read(await stage.aMember(), { eventId: event.id });
    await vi.waitFor(() => expect(reader.seen.length).toBe(1), IN_TIME);
    const startedAt = performance.now();
    for (let change = 0; change < 100; change += 1) {
      await takeSeat(event);
      forgetEvent(stage.ctx, { ...event, eventId: event.id });
    }
    await vi.waitFor(() => expect(last(reader)?.seatsTaken).toBe(100), IN_TIME);
    const quarters = Math.ceil((performance.now() - startedAt) / 250);
    expect(reader.seen.length).toBeLessThanOrEqual(1 + quarters);
    expect(reader.seen.map(({ seq }) => seq)).toEqual(
      reader.seen.map(({ seq }) => seq).toSorted((a, b) => a - b),
    );
    reader.leave();
  });

  test("200 who watch one event are one read, and so is each change for all of them", async () => {
    const metrics = createMetrics("api");
    const reads = () => counted(metrics, 'live_reads_total{outcome="ok"}');
    const still = createSeatWatch({ context: stage.ctx, metrics, lookEveryMs: MINUTE });
    const event = await stage.anEvent();
    const people = await stage.someMembers(200);
    const readers = await Promise.all(
      people.map((person) => read(person, { eventId: event.id }, { on: still })),
    );
    const allHave = (count: number) =>
      vi.waitFor(
        () => expect(readers.filter(({ seen }) => seen.length !== count)).toEqual([]),
        IN_TIME,
      );
    await allHave(1);
    expect(await reads()).toBe(1);
    await takeSeat(event);
    forgetEvent(stage.ctx, { ...event, eventId: event.id });
    await allHave(2);
    expect(await reads()).toBe(2);
    expect(await counted(metrics, "live_messages_total")).toBe(400);
    expect(await counted(metrics, "live_subscribers")).toBe(200);
    still[Symbol.dispose]();
    await Promise.all(readers.map(({ over }) => over));
    expect(await counted(metrics, "live_subscribers")).toBe(0);
    expect(await counted(metrics, 'live_streams_ended_total{reason="stopped"}')).toBe(200);
  });

  test("hears of a change that no message told of", async () => {
    const event = await stage.anEvent();
    const reader = await read(await stage.aMember(), { eventId: event.id });
    await vi.waitFor(() => expect(reader.seen.length).toBe(1), IN_TIME);
    await takeSeat(event);
    await vi.waitFor(() => expect(last(reader)?.seatsTaken).toBe(1), IN_TIME);
    reader.leave();
  });

  test("ends with the token, and after half an hour at the latest", async () => {
    const event = await stage.anEvent();
    const [short, long] = await stage.someMembers(2);
    const now = new Date();
    const expiresAt = new Date(now.getTime() + 15 * MINUTE);
    const untilToken = await read(short!, { eventId: event.id }, { expiresAt });
    const untilLate = await read(long!, { eventId: event.id });
    const ends = (minutes: number) => {
      stage.setNow(new Date(now.getTime() + minutes * MINUTE + SECOND));
    };
    ends(15);
    await untilToken.over;
    expect(untilLate.isOver).toBe(false);
    ends(30);
    await untilLate.over;
    stage.setNow(new Date());
  });

  test("of an event that is a draft again or gone ends for everybody", async () => {
    const [drafted, gone] = [await stage.anEvent(), await stage.anEvent()];
    const member = await stage.aMember();
    const readers = [
      await read(member, { eventId: drafted.id }),
      await read(stage.owner, { eventId: gone.id }),
    ];
    await vi.waitFor(() => expect(readers.map(({ seen }) => seen.length)).toEqual([1, 1]), IN_TIME);
    await setStatus(drafted, "draft");
    await stage.ctx.db.execute(sql`delete from event_organizers where event_id = ${gone.id}`);
    await stage.ctx.db.execute(sql`delete from events where id = ${gone.id}`);
    await Promise.all(readers.map(({ over }) => over));
    expect(readers.flatMap(({ seen }) => seen.map(({ status }) => status))).toEqual([
      "published",
      "published",
    ]);
  });

  test("ends for whom the event is no longer, within a minute", async () => {
    const draft = await stage.anEvent({ status: "draft", publishedAt: null });
    const helper = await stage.aMember({ role: "organizer" });
    await stage.ctx.db.execute(sql`
      insert into event_organizers (organization_id, event_id, user_id, role)
      values (${stage.organizationId}, ${draft.id}, ${helper.id}, 'viewer')`);
    const now = new Date();
    const helpers = await read(helper, { eventId: draft.id });
    const owners = await read(stage.owner, { eventId: draft.id });
    await vi.waitFor(() => expect(owners.seen.length + helpers.seen.length).toBe(2), IN_TIME);
    await stage.ctx.db.execute(sql`
      delete from event_organizers where event_id = ${draft.id} and user_id = ${helper.id}`);
    stage.setNow(new Date(now.getTime() + MINUTE + SECOND));
    await helpers.over;
    expect(owners.isOver).toBe(false);
    stage.setNow(new Date());
    owners.leave();
  });

  test("a person has six, and the next when one is left", async () => {
    const event = await stage.anEvent();
    const [member, other] = await stage.someMembers(2);
    const six = await Promise.all(
      Array.from({ length: 6 }, () => read(member!, { eventId: event.id })),
    );
    expect(await reasonOf(read(member!, { eventId: event.id }))).toBe("RATE_LIMITED");
    const others = await read(other!, { eventId: event.id });
    six[0]?.leave();
    six[0] = await read(member!, { eventId: event.id });
    for (const reader of [...six, others]) reader.leave();
  });

  test("ends when the process stops, which opens no more", async () => {
    const stopping = createSeatWatch({ context: stage.ctx });
    const event = await stage.anEvent();
    const member = await stage.aMember();
    const reader = await read(member, { eventId: event.id }, { on: stopping });
    stopping[Symbol.dispose]();
    await reader.over;
    expect(await reasonOf(read(member, { eventId: event.id }, { on: stopping }))).toBe(
      "OVERLOADED",
    );
  });
});
