import type { UpdateEventInput } from "@tsudoi/shared/event-input.ts";
import { DAY, MINUTE } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { JOBS } from "#core/jobs/catalog.ts";
import { runInCall } from "#core/platform/call.ts";
import { cancel as leave } from "#core/registrations/cancel.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent } from "#test/builders.ts";
import { addRegistrants } from "#test/registrants.ts";
import { someGuests } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { announceChange } from "./announce-change.ts";
import { cancel } from "./cancel.ts";
import { update } from "./update.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

type Change = Omit<UpdateEventInput, "eventId" | "version" | "apply">;

const change = (event: TestEvent, changes: Change, version = 1) =>
  update(stage.as(actorOf(stage.owner)), { eventId: event.id, version, apply: "this", ...changes });

const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();

/** What waits to be told, in order. */
async function jobsOf({ id }: TestEvent) {
  const rows = await stage.ctx.db.execute<{ payload: unknown; due_at: string }>(sql`
    select payload, due_at from outbox
    where job = 'events.announce-change' and payload ->> 'eventId' = ${id} order by id`);
  return rows.map((row) => ({
    payload: JOBS["events.announce-change"].payload.parse(row.payload),
    dueAt: row.due_at,
  }));
}

type Job = Awaited<ReturnType<typeof jobsOf>>[number];

type More = { runMs?: number; after?: number };

const run = ({ payload }: Job, ctx = stage.ctx, more: More = {}) =>
  announceChange(ctx, { ...payload, ...more, organizationId: stage.organizationId });

async function toldOf({ id }: TestEvent) {
  const rows = await stage.ctx.db.execute<{
    registration_id: string;
    details: Record<string, unknown>;
  }>(sql`
    select registration_id, details from notifications
    where event_id = ${id} and kind = 'events.change' order by registration_id`);
  return [...rows];
}

describe("what people are told of a change", () => {
  test("who has a place hears once what it was before, a minute later", async () => {
    const event = await stage.anEvent({ location: "本社", waitlistMode: "automatic", capacity: 1 });
    const [seated, waiting, gone] = await someGuests(stage, event, 3);
    await leave(gone!.ctx, { registrationId: gone!.registrationId });
    const now = new Date();
    stage.setNow(now);
    await change(event, { startsAt: inDays(2), endsAt: inDays(3), location: "別館" });
    const [job, ...more] = await jobsOf(event);
    expect(more).toEqual([]);
    expect(job!.dueAt).toBe(new Date(now.getTime() + MINUTE).toISOString());
    await run(job!);
    await run(job!);
    const told = await toldOf(event);
    expect(told.map((row) => row.registration_id)).toEqual(
      [seated!.registrationId, waiting!.registrationId].toSorted(),
    );
    expect(told[0]?.details).toEqual({
      titleJa: event.titleJa,
      titleEn: event.titleEn,
      startsAt: event.startsAt.toISOString(),
      endsAt: event.endsAt.toISOString(),
      timeZone: "Asia/Tokyo",
      location: "本社",
    });
  });

  test.each<[string, string | null, (string | null)[], string | undefined]>([
    ["another one", "https://meet.example.test/1", ["https://meet.example.test/2"], "another"],
    ["a first one", null, ["https://meet.example.test/2"], "none"],
    ["none from now on", "https://meet.example.test/1", [null], "another"],
    [
      "a first one, corrected",
      null,
      ["https://meet.example.test/2", "https://meet.example.test/3"],
      "none",
    ],
  ])("a link is told to have changed, and no job or message carries it: %s", async (...row) => {
    const [, onlineUrl, links, link] = row;
    const event = await stage.anEvent({ onlineUrl });
    await someGuests(stage, event, 1);
    for (const [index, to] of links.entries()) await change(event, { onlineUrl: to }, index + 1);
    const jobs = await jobsOf(event);
    await run(jobs.at(-1)!);
    const told = await toldOf(event);
    expect(told[0]?.details.link).toBe(link);
    expect(JSON.stringify([jobs, told])).not.toContain("meet.example.test");
  });

  type Kept = Pick<TestEvent, "location" | "locationFor">;
  const kept = (location: string | null): Kept => ({ location, locationFor: "confirmed" });
  const open = (location: string | null): Kept => ({ location, locationFor: "everyone" });
  test.each<[string, Kept, Kept[], object]>([
    ["another one", kept("secret 1"), [kept("secret 2")], { place: "another" }],
    ["a first one", kept(null), [kept("secret 1")], { place: "none" }],
    ["a first one, corrected", kept(null), [kept("secret 1"), kept("secret 2")], { place: "none" }],
    ["none from now on", kept("secret 1"), [kept(null)], { place: "another" }],
    ["kept from now on", open("HQ"), [kept("secret 1")], { place: "another" }],
    ["for everyone by now", kept("secret 1"), [kept("secret 2"), open("HQ")], { place: "another" }],
    ["kept before it is told", open("HQ"), [open("Hall"), kept("secret 1")], { place: "another" }],
  ])(
    "a kept place is told to have changed, and no job or message carries it: %s",
    async (...row) => {
      const [, before, places, expected] = row;
      const event = await stage.anEvent(before);
      await someGuests(stage, event, 1);
      for (const [index, to] of places.entries()) await change(event, to, index + 1);
      const jobs = await jobsOf(event);
      await run(jobs.at(-1)!);
      const told = await toldOf(event);
      expect(told[0]?.details).toMatchObject(expected);
      expect(told[0]?.details).not.toHaveProperty("location");
      expect(JSON.stringify([jobs, told])).not.toContain("secret");
    },
  );

  test("who is told the place is nobody's news, and another title carries no kept place", async () => {
    const event = await stage.anEvent(open("secret"));
    await someGuests(stage, event, 1);
    await change(event, { locationFor: "confirmed" });
    expect(await jobsOf(event)).toEqual([]);
    await change(event, { title: { en: "Another" } }, 2);
    const [job] = await jobsOf(event);
    await run(job!);
    expect(await toldOf(event)).toHaveLength(1);
    expect(JSON.stringify([job, await toldOf(event)])).not.toContain("secret");
  });

  test("a link that an older version wrote down is read, and not passed on", async () => {
    const event = await stage.anEvent({
      location: "本社",
      onlineUrl: "https://meet.example.test/1",
    });
    await someGuests(stage, event, 1);
    await change(event, { location: "別館" });
    await stage.ctx.db.execute(sql`
      update outbox set payload = jsonb_set(payload, '{before,onlineUrl}', '"https://meet.example.test/0"')
      where job = 'events.announce-change' and payload ->> 'eventId' = ${event.id}`);
    expect((await jobsOf(event))[0]?.payload.before).toHaveProperty("onlineUrl");
    await change(event, { location: "別館 2F" }, 2);
    const [, second] = await jobsOf(event);
    expect(second?.payload.before).toMatchObject({ location: "本社", link: "another" });
    expect(second?.payload.before).not.toHaveProperty("onlineUrl");
  });

  test.each<[string, Change, number]>([
    ["its title", { title: { en: "New" } }, 1],
    ["its end", { endsAt: inDays(2) }, 1],
    ["its zone", { timeZone: "Europe/Berlin" }, 1],
    ["its place", { location: "別館" }, 1],
    ["its link", { onlineUrl: "https://meet.example.test/" }, 1],
    ["its description", { description: { en: "More" } }, 0],
    ["its seats", { capacity: 20 }, 0],
    ["its window", { registrationClosesAt: inDays(0.5) }, 0],
    ["its waitlist", { waitlistMode: "offer", offerHours: 1 }, 0],
  ])("%s", async (...[_what, changes, times]) => {
    const event = await stage.anEvent();
    await someGuests(stage, event, 1);
    await change(event, changes);
    expect(await jobsOf(event)).toHaveLength(times);
    const [row] = await stage.ctx.db.execute<{ calendar_sequence: number }>(sql`
      select calendar_sequence from events where id = ${event.id}`);
    expect(row?.calendar_sequence).toBe(times);
  });

  test("a draft, and an event that nobody comes to, tell nobody", async () => {
    const draft = await stage.anEvent({ status: "draft", publishedAt: null });
    const empty = await stage.anEvent();
    for (const event of [draft, empty]) {
      await change(event, { location: "別館" });
      expect(await jobsOf(event)).toEqual([]);
    }
  });

  test("an organiser who corrects themselves tells once, from what people knew", async () => {
    const event = await stage.anEvent({ location: "本社" });
    await someGuests(stage, event, 2);
    await change(event, { location: "別館 1F" });
    await change(event, { location: "別館 2F" }, 2);
    const [first, second] = await jobsOf(event);
    await run(first!);
    expect(await toldOf(event)).toEqual([]);
    await run(second!);
    const told = await toldOf(event);
    expect(told.map(({ details }) => details.location)).toEqual(["本社", "本社"]);
  });

  test("what was told is where the next change begins", async () => {
    const event = await stage.anEvent({ location: "本社" });
    await someGuests(stage, event, 1);
    await change(event, { location: "別館 1F" });
    const [first] = await jobsOf(event);
    await run(first!);
    await stage.ctx.db.execute(sql`
      update outbox set done_at = now() where payload ->> 'eventId' = ${event.id}`);
    await change(event, { location: "別館 2F" }, 2);
    const [, second] = await jobsOf(event);
    await run(second!);
    const told = await toldOf(event);
    expect(told.map(({ details }) => details.location).toSorted()).toEqual(
      ["別館 1F", "本社"].toSorted(),
    );
  });

  test("a change that is put back while it is told is put back for who was told of it", async () => {
    const event = await stage.anEvent({ location: "本社" });
    const [told, untold] = await someGuests(stage, event, 2);
    await change(event, { location: "別館" });
    await stage.ctx.db.execute(sql`
      update outbox set deliveries = 1 where payload ->> 'eventId' = ${event.id}`);
    await run((await jobsOf(event))[0]!);
    // As if the run had died between the two.
    await stage.ctx.db.execute(sql`
      delete from notifications
      where registration_id = ${untold!.registrationId} and kind = 'events.change'`);
    await change(event, { location: "本社 2F" }, 2);
    await change(event, { location: "本社" }, 3);
    await run((await jobsOf(event)).at(-1)!);
    const places = await toldOf(event);
    const placesOf = ({ registrationId }: typeof told & object) =>
      places.flatMap((row) => (row.registration_id === registrationId ? row.details.location : []));
    expect(placesOf(told!).toSorted()).toEqual(["別館", "本社"].toSorted());
    expect(placesOf(untold!)).toEqual(["本社"]);
  });

  test("who registers after the change has read it already", async () => {
    const event = await stage.anEvent();
    const [before] = await someGuests(stage, event, 1);
    await change(event, { location: "別館" });
    await someGuests(stage, event, 1);
    const [job] = await jobsOf(event);
    await run(job!);
    expect((await toldOf(event)).map((row) => row.registration_id)).toEqual([
      before!.registrationId,
    ]);
  });

  test("a cancellation takes the place of a change that was not told yet", async () => {
    const event = await stage.anEvent();
    await someGuests(stage, event, 1);
    await change(event, { location: "別館" });
    await cancel(stage.as(actorOf(stage.owner)), { eventId: event.id, apply: "this" });
    const [job] = await jobsOf(event);
    await run(job!);
    expect(await toldOf(event)).toEqual([]);
  });
});

describe("ten thousand people", () => {
  test("are told in few statements, and nobody twice when a run dies in the middle", async () => {
    const event = await stage.anEvent({ capacity: 10_000 });
    await addRegistrants(stage.ctx, event, 10_000);
    await stage.ctx.db.execute(sql`
      update events set last_number = 10000 where id = ${event.id}`);
    await change(event, { location: "別館" });
    const [job] = await jobsOf(event);
    let pages = 0;
    const dying = {
      ...stage.ctx,
      get deadline() {
        pages += 1;
        if (pages > 3) throw new Error("the process is gone");
        return stage.ctx.deadline;
      },
    };
    const call = { name: "events.announce-change", requestId: "request", queries: 0 };
    await runInCall(call, () => expect(run(job!, dying)).rejects.toThrow("the process is gone"));
    const half = await toldOf(event);
    expect(half.length).toBeGreaterThan(0);
    expect(half.length % 2_000).toBe(0);

    const after = await runInCall(call, () => run(job!, stage.ctx, { runMs: 0 }));
    expect(after).toBeGreaterThan(1_000);
    const rest = after === undefined ? {} : { after };
    expect(await runInCall(call, () => run(job!, stage.ctx, rest))).toBeUndefined();
    expect(call.queries).toBeLessThanOrEqual(60);
    const [live] = await stage.ctx.db.execute<{ count: number }>(sql`
      select count(*)::int as count from registrations
      where event_id = ${event.id} and status in ('confirmed', 'waitlisted')`);
    const told = await toldOf(event);
    expect(told.length).toBe(live?.count);
    expect(new Set(told.map((row) => row.registration_id)).size).toBe(told.length);
  });
});
