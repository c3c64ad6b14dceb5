import { MINUTE } from "@tsudoi/shared/time.ts";
import { createMetrics, type Metrics } from "@tsudoi/telemetry/metrics.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { actorOf } from "#test/bed.ts";
import type { TestEvent, TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { readSeats } from "#test/seat-reader.ts";
import { useStage } from "#test/stage.ts";
import { forgetEvent } from "./cache.ts";
import { createSeatWatch, type SeatWatch } from "./seat-watch.ts";

const stage = useStage();
const IN_TIME = 10_000;
const QUARTER_MS = 250;
const CHANGES = 100;

const read = (seatWatch: SeatWatch, person: TestUser, ...events: TestEvent[]) =>
  readSeats(stage.as(actorOf(person)), seatWatch, { eventIds: events.map(({ id }) => id) });

/** A change of which no message tells. */
const changeInSilence = (event: TestEvent) =>
  stage.ctx.db.execute(sql`
    update events set seats_taken = seats_taken + 1, seq = seq + 1 where id = ${event.id}`);

async function change(event: TestEvent): Promise<void> {
  await changeInSilence(event);
  forgetEvent(stage.ctx, { organizationId: event.organizationId, eventId: event.id });
}

async function readSeries(metrics: Metrics, series: string): Promise<number> {
  const lines = (await metrics.render()).body.split("\n");
  const line = lines.find((each) => each.startsWith(`${series} `));
  return Number(line?.slice(series.length));
}

describe("how often a stream is told", () => {
  /** The messages about a hundred changes, and how many quarters of a second they took. */
  async function rush({ inStep = false, ...options }: { toldEveryMs?: number; inStep?: boolean }) {
    using seatWatch = createSeatWatch({ context: stage.ctx, ...options });
    const event = await stage.anEvent({ capacity: CHANGES });
    const reader = await read(seatWatch, await stage.aMember(), event);
    const hasSeen = (seats: number) =>
      vi.waitFor(() => expect(reader.last()?.seatsTaken).toBe(seats), {
        timeout: IN_TIME,
        interval: 1,
      });
    await hasSeen(0);
    const startedAt = performance.now();
    for (let made = 1; made <= CHANGES; made += 1) {
      await change(event);
      if (inStep) await hasSeen(made);
    }
    await hasSeen(CHANGES);
    const quarters = Math.ceil((performance.now() - startedAt) / QUARTER_MS);
    return { order: reader.seen.slice(1).map(({ seq }) => seq), quarters };
  }

  test("of 100 changes four times a second at most, in order, the last one right", async () => {
    const { order, quarters } = await rush({});
    expect(order.length).toBeLessThanOrEqual(quarters);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test("where nothing is put together, that is far too often", async () => {
    // Each change waits for its message, or a busy machine would put them together by being slow.
    const { order, quarters } = await rush({ toldEveryMs: 0, inStep: true });
    expect(order.length).toBeGreaterThan(2 * quarters);
  });
});

describe("how often an event is read", () => {
  test("once for 200 who watch it, and once more for each change", async () => {
    const metrics = createMetrics("api");
    const counted = (series: string) => readSeries(metrics, series);
    const seatWatch = createSeatWatch({ context: stage.ctx, metrics, lookEveryMs: MINUTE });
    const event = await stage.anEvent();
    const people = await stage.someMembers(200);
    const readers = await Promise.all(people.map((person) => read(seatWatch, person, event)));
    const allHave = (count: number) =>
      vi.waitFor(
        () => expect(readers.filter(({ seen }) => seen.length !== count)).toEqual([]),
        IN_TIME,
      );
    await allHave(1);
    expect(await counted('live_reads_total{outcome="ok"}')).toBe(1);
    await change(event);
    await allHave(2);
    expect(await counted('live_reads_total{outcome="ok"}')).toBe(2);
    expect(await counted("live_messages_total")).toBe(400);
    expect(await counted("live_subscribers")).toBe(200);
    seatWatch[Symbol.dispose]();
    await Promise.all(readers.map(({ over }) => over));
    expect(await counted("live_subscribers")).toBe(0);
    expect(await counted('live_streams_ended_total{reason="stopped"}')).toBe(200);
  });

  test("also when no message told of its change; who only listens misses it", async () => {
    using seatWatch = createSeatWatch({ context: stage.ctx, lookEveryMs: 100 });
    using listening = createSeatWatch({ context: stage.ctx, lookEveryMs: MINUTE });
    const [silent, told] = [await stage.anEvent(), await stage.anEvent()];
    const reader = await read(seatWatch, await stage.aMember(), silent);
    const listener = await read(listening, await stage.aMember(), silent, told);
    await vi.waitFor(() => expect(reader.seen.length + listener.seen.length).toBe(3), IN_TIME);
    await changeInSilence(silent);
    await vi.waitFor(() => expect(reader.last()?.seatsTaken).toBe(1), IN_TIME);
    await change(told);
    await vi.waitFor(() => expect(listener.last()?.seatsTaken).toBe(1), IN_TIME);
    const missed = listener.seen.filter(({ eventId }) => eventId === silent.id);
    expect(missed.map(({ seatsTaken }) => seatsTaken)).toEqual([0]);
  });

  test("again when it could not be read", async () => {
    const metrics = createMetrics("api");
    using seatWatch = createSeatWatch({ context: stage.ctx, metrics, lookEveryMs: 100 });
    const event = await stage.anEvent();
    const reader = await read(seatWatch, await stage.aMember(), event);
    await vi.waitFor(() => expect(reader.seen.length).toBe(1), IN_TIME);
    await stage.ctx.db.execute(sql`alter table events rename column waitlist_length to hidden`);
    await changeInSilence(event);
    const failed = () => readSeries(metrics, 'live_reads_total{outcome="error"}');
    await vi.waitFor(async () => expect(await failed()).toBeGreaterThan(0), IN_TIME);
    await stage.ctx.db.execute(sql`alter table events rename column hidden to waitlist_length`);
    await vi.waitFor(() => expect(reader.last()?.seatsTaken).toBe(1), IN_TIME);
  });
});

describe("how many there are", () => {
  test("a person has six, and the next when one is left", async () => {
    using seatWatch = createSeatWatch({ context: stage.ctx });
    const event = await stage.anEvent();
    const [member, other] = await stage.someMembers(2);
    const open = () => read(seatWatch, member!, event);
    const [first] = await Promise.all(Array.from({ length: 6 }, open));
    expect(await reasonOf(open())).toBe("RATE_LIMITED");
    await read(seatWatch, other!, event);
    first?.leave();
    await open();
    expect(await reasonOf(open())).toBe("RATE_LIMITED");
  });

  test("a process that stops ends them all and opens no more", async () => {
    const seatWatch = createSeatWatch({ context: stage.ctx });
    const event = await stage.anEvent();
    const member = await stage.aMember();
    const reader = await read(seatWatch, member, event);
    seatWatch[Symbol.dispose]();
    await reader.over;
    expect(await reasonOf(read(seatWatch, member, event))).toBe("OVERLOADED");
  });
});
