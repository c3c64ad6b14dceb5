import { type LiveSeats, markOf, type WatchInput } from "@tsudoi/shared/live-seats.ts";
import { MINUTE, SECOND } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser, type TestEvent, type TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { readSeats } from "#test/seat-reader.ts";
import { useStage } from "#test/stage.ts";
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

const read = (person: TestUser, input: WatchInput, more: { expiresAt?: Date } = {}) =>
  readSeats(stage.as({ ...actorOf(person), ...more }), seatWatch, input);

const takeSeat = (event: TestEvent) =>
  stage.ctx.db.execute(sql`
    update events set seats_taken = seats_taken + 1, seq = seq + 1 where id = ${event.id}`);
const setStatus = (event: TestEvent, status: string) =>
  stage.ctx.db.execute(sql`
    update events set status = ${status}, version = version + 1 where id = ${event.id}`);

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
    await vi.waitFor(() => expect(owner.last()).toMatchObject({ status: "draft" }), IN_TIME);
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
    expect(reader.last()).toMatchObject({ eventId: other.id, seatsTaken: 1 });
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
    expect(again.seen).toEqual([stranger.last()]);
    again.leave();
    stranger.leave();
  });
});

describe("a stream", () => {
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
    expect(untilLate.isOver()).toBe(false);
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

  test("ends for whom an edit leaves out, and for nobody else", async () => {
    const event = await stage.anEvent();
    const now = new Date();
    const members = await read(await stage.aMember(), { eventId: event.id });
    const owners = await read(stage.owner, { eventId: event.id });
    await vi.waitFor(() => expect(owners.seen.length + members.seen.length).toBe(2), IN_TIME);
    await stage.ctx.db.execute(sql`
      update events set audience = 'invited', version = version + 1 where id = ${event.id}`);
    stage.setNow(new Date(now.getTime() + MINUTE + SECOND));
    await members.over;
    await vi.waitFor(() => expect(owners.last()).toMatchObject({ version: 2 }), IN_TIME);
    expect(owners.isOver()).toBe(false);
    expect(await reasonOf(read(await stage.aMember(), { eventId: event.id }))).toBe("NOT_FOUND");
    stage.setNow(new Date());
    owners.leave();
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
    expect(owners.isOver()).toBe(false);
    stage.setNow(new Date());
    owners.leave();
  });
});
