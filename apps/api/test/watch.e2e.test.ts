import { anEvent, aUser, type TestEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { type LiveSeats, markOf } from "@tsudoi/shared/live-seats.ts";
import { MINUTE, SECOND } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { procedureUrl, readMetric, type Stage, send, setStage } from "./stage.ts";
import { type Watcher, watchSeats } from "./watcher.ts";

/** Ten times the two seconds that are promised. */
const IN_TIME = 20 * SECOND;

let stage: Stage;
let owner: TestUser;
beforeAll(async () => {
  stage = await setStage({ apis: 2 });
  owner = await aUser(stage.ctx, { organizationId: stage.organizationId, role: "organizer" });
});
afterAll(() => stage[Symbol.asyncDispose]());

const aMember = () => aUser(stage.ctx, { organizationId: stage.organizationId });
const aToken = async () => stage.tokenOf(await aMember());
const [here, there] = [() => stage.system.apis[0]!, () => stage.system.apis[1]!];

async function registerAt(url: string, event: TestEvent): Promise<void> {
  const answer = await call(url, ["registrations.register", { eventId: event.id }], {
    token: await aToken(),
  });
  expect(answer).toMatchObject({ ok: true });
}

const hears = (watcher: Watcher, wanted: Partial<LiveSeats>) =>
  vi.waitFor(() => expect(watcher.last()).toMatchObject(wanted), IN_TIME);

describe("events.watch between processes", () => {
  test("who registers at one is seen at the other", async () => {
    const event = await anEvent(stage.ctx, owner);
    using watcher = watchSeats(there().url, await aToken(), { eventId: event.id });
    await hears(watcher, { eventId: event.id, seatsTaken: 0, capacity: 10, status: "published" });
    await registerAt(here().url, event);
    await hears(watcher, { seatsTaken: 1, waitlistLength: 0, seq: 1 });
    expect(watcher.seen.length).toBe(2);
  });

  test("also while Redis is away", async () => {
    const event = await anEvent(stage.ctx, owner);
    using watcher = watchSeats(there().url, await aToken(), { eventId: event.id });
    await hears(watcher, { seatsTaken: 0 });
    await stage.system.redis.kill();
    try {
      await registerAt(here().url, event);
      await hears(watcher, { seatsTaken: 1 });
    } finally {
      await stage.system.redis.start();
    }
  });

  test("a screen of events is one connection", async () => {
    const events = [await anEvent(stage.ctx, owner), await anEvent(stage.ctx, owner)];
    const eventIds = events.map(({ id }) => id);
    using watcher = watchSeats(there().url, await aToken(), { eventIds });
    await vi.waitFor(() => expect(watcher.seen.length).toBe(2), IN_TIME);
    for (const event of events) {
      await registerAt(here().url, event);
      await hears(watcher, { eventId: event.id, seatsTaken: 1 });
    }
    expect(watcher.connections()).toBe(1);
  });

  test("what was heard last is not said again to who comes back", async () => {
    const event = await anEvent(stage.ctx, owner);
    const token = await aToken();
    using first = watchSeats(here().url, token, { eventId: event.id });
    await hears(first, { seatsTaken: 0 });
    const lastEventId = markOf(first.seen[0]!);
    using again = watchSeats(there().url, token, { eventId: event.id, lastEventId });
    using fresh = watchSeats(there().url, await aToken(), { eventId: event.id });
    await hears(fresh, { seatsTaken: 0 });
    await registerAt(here().url, event);
    await hears(again, { seatsTaken: 1 });
    expect(again.seen.length).toBe(1);
  });
});

describe("a stream", () => {
  test("that may not begin is refused in the words its reader knows", async () => {
    const draft = await anEvent(stage.ctx, owner, { status: "draft", publishedAt: null });
    const input = JSON.stringify({ eventId: draft.id });
    const token = await aToken();
    const plain = await send(procedureUrl(stage.url, "events.watch", { input }), { token });
    expect([plain.status, JSON.parse(plain.text).error.data.reason]).toEqual([404, "NOT_FOUND"]);
    for (const [who, reason] of [
      [token, "NOT_FOUND"],
      [undefined, "NOT_SIGNED_IN"],
    ] as const) {
      using watcher = watchSeats(stage.url, who, { eventId: draft.id });
      expect((await watcher.over)?.data).toMatchObject({ reason, path: "events.watch" });
    }
    using empty = watchSeats(stage.url, token, {});
    expect((await empty.over)?.data).toMatchObject({ reason: "VALIDATION" });
  });

  test("is never one of a batch, nor a change", async () => {
    const event = await anEvent(stage.ctx, owner);
    const [token, eventId] = [await aToken(), event.id];
    const input = JSON.stringify({ 0: { eventId }, 1: {} });
    const url = procedureUrl(stage.url, "events.watch,system.info", { batch: "1", input });
    const batch = await send(url, { token });
    expect(batch.status).toBe(207);
    expect(JSON.parse(batch.text)[0].error.data.reason).toBe("NOT_FOUND");
    const changed = await send(procedureUrl(stage.url, "events.watch"), {
      token,
      body: JSON.stringify({ eventId }),
    });
    expect(changed.status).toBe(404);
  });

  test("is kept by nobody on its way and says how to come back", async () => {
    const event = await anEvent(stage.ctx, owner);
    const input = JSON.stringify({ eventId: event.id });
    const response = await fetch(procedureUrl(stage.url, "events.watch", { input }), {
      headers: { authorization: `Bearer ${await aToken()}` },
    });
    const names = ["content-type", "cache-control", "connection", "x-content-type-options"];
    expect(names.map((name) => response.headers.get(name))).toEqual([
      "text/event-stream",
      "no-store, no-transform",
      "close",
      "nosniff",
    ]);
    expect(response.headers.get("x-request-id")).not.toBeNull();
    const chunks = response.body!.pipeThrough(new TextDecoderStream());
    let text = "";
    for await (const chunk of chunks) {
      text += chunk;
      if (text.includes("seatsTaken")) break;
    }
    expect(text).toMatch(/^retry: \d{3,4}\nevent: connected\ndata: \{"reconnectAfterInact.*\}\n\n/);
    expect(text).toMatch(/\nid: [\w:-]+\ndata: \{.*"seatsTaken":0,.*\}\n\n$/);
  });

  test("ends with the token that opened it", async () => {
    const event = await anEvent(stage.ctx, owner);
    const { id, organizationId } = await aMember();
    const claims = { userId: id, organizationId, role: "member", sessionId: id } as const;
    const madeAt = new Date(Date.now() - 15 * MINUTE + 4 * SECOND);
    const { accessToken, expiresAt } = await stage.system.tokens.signAccess(claims, madeAt);
    using watcher = watchSeats(stage.url, accessToken, { eventId: event.id });
    await hears(watcher, { seatsTaken: 0 });
    expect(await watcher.over).toBeUndefined();
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt.getTime());
  });

  test("of one person are six at a process, and the seventh comes when one is left", async () => {
    const event = await anEvent(stage.ctx, owner);
    const token = await aToken();
    const open = () => watchSeats(stage.url, token, { eventId: event.id });
    const six = Array.from({ length: 6 }, open);
    await Promise.all(six.map((watcher) => hears(watcher, { seatsTaken: 0 })));
    using seventh = open();
    expect((await seventh.over)?.data).toMatchObject({
      reason: "RATE_LIMITED",
      httpStatus: 429,
      retryAfterMs: 10_000,
    });
    six[0]?.[Symbol.dispose]();
    await vi.waitFor(async () => {
      using next = open();
      await vi.waitFor(() => expect(next.last()).toMatchObject({ seatsTaken: 0 }), 10_000);
    }, IN_TIME);
    for (const watcher of six) watcher[Symbol.dispose]();
  });

  test("is counted while it lasts, and holds no place among the calls", async () => {
    const { metricsUrl, url } = there();
    const read = (series: string) => readMetric(metricsUrl, series);
    const open = await read("live_subscribers");
    const opened = 'rpc_server_call_duration_seconds_count{rpc_method="events.watch",outcome="ok"}';
    const slow =
      'rpc_server_call_duration_seconds_bucket{le="10",rpc_method="events.watch",outcome="ok"}';
    const left = 'live_streams_ended_total{reason="left"}';
    const before = { opened: await read(opened), left: await read(left) };
    const event = await anEvent(stage.ctx, owner);
    const watchers = await Promise.all(
      Array.from({ length: 40 }, async () =>
        watchSeats(url, await aToken(), { eventId: event.id }),
      ),
    );
    await Promise.all(watchers.map((watcher) => hears(watcher, { seatsTaken: 0 })));
    expect(await read("live_subscribers")).toBe(open + 40);
    expect(await read("http_server_active_requests")).toBeLessThan(10);
    expect(await read(opened)).toBe(before.opened + 40);
    for (const watcher of watchers) watcher[Symbol.dispose]();
    await vi.waitFor(async () => expect(await read("live_subscribers")).toBe(open), IN_TIME);
    expect(await read(left)).toBe(before.left + 40);
    expect(await read(slow)).toBe(await read(opened));
  });

  test("ends where the process stops, and goes on at another", async () => {
    await using more = await setStage({ apis: 2 });
    const [leaving, staying] = more.system.apis;
    const person = await aUser(more.ctx, {
      organizationId: more.organizationId,
      role: "organizer",
    });
    const event = await anEvent(more.ctx, person);
    const token = await more.tokenOf(person);
    using watcher = watchSeats(leaving!.url, token, { eventId: event.id });
    await hears(watcher, { seatsTaken: 0 });
    const stopped = leaving!.stop();
    // One that is only cut off has no end: its reader tries the same place again.
    expect(await watcher.over).toBeUndefined();
    await stopped;
    expect(await leaving!.exited).toContain("exit code 0");
    await more.ctx.db.execute(sql`
      update events set seats_taken = 1, seq = seq + 1 where id = ${event.id}`);
    const lastEventId = markOf(watcher.seen[0]!);
    using again = watchSeats(staying!.url, token, { eventId: event.id, lastEventId });
    await hears(again, { seatsTaken: 1 });
  });
});
