import type { CreateEventInput, UpdateEventInput } from "@tsudoi/shared/event-input.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { runInCall } from "#core/platform/call.ts";
import { actorOf } from "#test/bed.ts";
import { anInput, eventLog, jobsFor, refusalOf, rowsOf } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { createSeries } from "./create-series.ts";
import { publish } from "./publish.ts";
import { saveOrganizer } from "./save-organizer.ts";
import { update } from "./update.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const NOW = new Date("2026-10-01T00:00:00.000Z");
const owner = () => stage.as(actorOf(stage.owner));

/** 15:00 to 16:00 in Tokyo, or as given, on five Thursdays. */
async function aSeries(overrides: Partial<CreateEventInput> = {}): Promise<string[]> {
  stage.setNow(NOW);
  const event = anInput({ startsAt: "2026-10-15T06:00:00.000Z", ...overrides });
  const made = await createSeries(owner(), { event, rrule: "FREQ=WEEKLY;COUNT=5" });
  return made.events.map(({ id }) => id);
}

type Change = Partial<UpdateEventInput>;

function change(eventId: string | undefined, changes: Change, by = owner()) {
  const input = { eventId: eventId ?? "", version: 1, apply: "all" as const, ...changes };
  return update(by, input);
}

const read = async (ids: string[], column: string) =>
  (await rowsOf(stage.ctx, ids)).map((row) => row[column]);

describe("events.update of a series", () => {
  test.each([
    ["this", ["A", "A", "B", "A", "A"]],
    ["following", ["A", "A", "B", "B", "B"]],
    ["all", ["B", "B", "B", "B", "B"]],
  ] as const)("%s", async (apply, titles) => {
    const ids = await aSeries({ title: { ja: "題", en: "A" } });
    await change(ids[2], { apply, title: { en: "B" }, location: "別館" });
    expect(await read(ids, "title_en")).toEqual(titles);
    expect(await read(ids, "location")).toEqual(
      titles.map((title) => (title === "B" ? "別館" : null)),
    );
    expect(await read(ids, "version")).toEqual(titles.map((title) => (title === "B" ? 2 : 1)));
    expect(await eventLog(stage.ctx, ids[4] ?? "")).toHaveLength(apply === "this" ? 1 : 2);
  });

  test("times move by as much as they did, and one that was moved before keeps its difference", async () => {
    const ids = await aSeries({ cancelUntil: "2026-10-14T06:00:00.000Z" });
    // The third one is on Friday instead, and cannot be left any more.
    await change(ids[2], {
      apply: "this",
      startsAt: "2026-10-30T06:00:00.000Z",
      endsAt: "2026-10-30T07:00:00.000Z",
      cancelUntil: null,
    });
    await change(ids[0], {
      startsAt: "2026-10-15T08:00:00.000Z",
      endsAt: "2026-10-15T10:00:00.000Z",
      cancelUntil: "2026-10-15T07:00:00.000Z",
      answersUntil: "2026-10-14T08:00:00.000Z",
    });
    const days = ["10-15", "10-22", "10-30", "11-05", "11-12"];
    const at = (time: string, list = days) => list.map((day) => `2026-${day}T${time}:00.000Z`);
    const times = async (column: string) =>
      (await read(ids, column)).map((value) => new Date(String(value)).toISOString());
    expect(await times("starts_at")).toEqual(at("08:00"));
    expect(await times("ends_at")).toEqual(at("10:00"));
    // What is new where there was nothing is as far from the start as in the event that was changed.
    expect(await times("cancel_until")).toEqual(at("07:00"));
    expect(await times("answers_until")).toEqual(
      at("08:00", ["10-14", "10-21", "10-29", "11-04", "11-11"]),
    );
  });

  test.each([
    // 09:00 to 10:00 on the clocks; winter comes on 25 October in Berlin and on 1 November in New York.
    ["Asia/Tokyo", "2026-10-15T00:00", "2026-10-15T01:00", ["01", "01", "01", "01", "01"]],
    ["Europe/Berlin", "2026-10-15T07:00", "2026-10-15T08:00", ["08", "08", "09", "09", "09"]],
    ["America/New_York", "2026-10-15T13:00", "2026-10-15T14:00", ["14", "14", "14", "15", "15"]],
  ] as const)("in %s it moves by the clock", async (...[timeZone, from, to, hours]) => {
    const ids = await aSeries({ startsAt: `${from}:00.000Z`, timeZone });
    const end = new Date(Date.parse(`${to}:00.000Z`) + 3_600_000).toISOString();
    await change(ids[0], { startsAt: `${to}:00.000Z`, endsAt: end });
    const starts = (await read(ids, "starts_at")).map((at) => new Date(String(at)).toISOString());
    expect(starts.map((at) => at.slice(11, 13))).toEqual(hours);
  });

  test("what was changed in one of them alone stays, where the change says nothing of it", async () => {
    const ids = await aSeries({ title: { ja: "題", en: "A" }, location: "本社" });
    await change(ids[2], { apply: "this", title: { ja: "特別回", en: "B" }, capacity: 50 });
    await change(ids[0], { title: { en: "B" }, location: "別館" });
    expect(await read(ids, "title_ja")).toEqual(["題", "題", "特別回", "題", "題"]);
    expect(await read(ids, "title_en")).toEqual(Array(5).fill("B"));
    expect(await read(ids, "location")).toEqual(Array(5).fill("別館"));
    expect(await read(ids, "capacity")).toEqual([20, 20, 50, 20, 20]);
  });

  test("its statements do not grow with the series", async () => {
    const count = async (rrule: string) => {
      const { events } = await createSeries(owner(), { event: anInput(), rrule });
      const call = { name: "events.update", requestId: "request", queries: 0 };
      const eventId = events[0]?.id;
      await runInCall(call, () => change(eventId, { location: "別館", description: { en: "x" } }));
      return call.queries;
    };
    expect(await count("FREQ=DAILY;COUNT=100")).toBe(await count("FREQ=DAILY;COUNT=2"));
  });

  test("another zone keeps the hours of its clocks", async () => {
    const ids = await aSeries();
    await change(ids[0], {
      timeZone: "Europe/Berlin",
      // 15:00 in Berlin, as it was in Tokyo.
      startsAt: "2026-10-15T13:00:00.000Z",
      endsAt: "2026-10-15T14:00:00.000Z",
    });
    const starts = (await read(ids, "starts_at")).map((at) => new Date(String(at)).toISOString());
    expect(starts.map((at) => at.slice(11, 13))).toEqual(["13", "13", "14", "14", "14"]);
  });

  test("what is over or cancelled stays, and only what is shown is told of", async () => {
    const ids = await aSeries();
    await publish(owner(), {
      eventId: ids[0] ?? "",
      apply: "all",
      allowMissingTranslation: false,
    });
    await stage.ctx.db.execute(sql`
      update events set last_number = 1 where id = any(${sql.param(ids)}::uuid[])`);
    await stage.ctx.db.execute(sql`update events set status = 'cancelled' where id = ${ids[3]}`);
    stage.setNow(new Date("2026-10-16T00:00:00.000Z"));
    await change(ids[1], { version: 2, location: "別館" });
    expect(await read(ids, "location")).toEqual([null, "別館", "別館", null, "別館"]);
    const told = await Promise.all(
      ids.map((eventId) => jobsFor(stage.ctx, { job: "events.announce-change", eventId })),
    );
    expect(told.map((jobs) => jobs.length)).toEqual([0, 1, 1, 0, 1]);
  });
});

describe("events.update of a series, all or none", () => {
  test("the one that refuses is named", async () => {
    const ids = await aSeries();
    await stage.ctx.db.execute(sql`update events set last_number = 1 where id = ${ids[3]}`);
    const before = await rowsOf(stage.ctx, ids);
    const lottery = { allocation: "lottery" as const, drawAt: "2026-10-14T06:00:00.000Z" };
    expect(await refusalOf(change(ids[0], lottery))).toMatchObject({
      reason: "VALIDATION",
      details: { fields: { eventId: ids[3] }, issues: [{ path: "allocation" }] },
    });
    expect(await rowsOf(stage.ctx, ids)).toEqual(before);
  });

  test("fewer seats than one of them has taken are refused for all", async () => {
    const ids = await aSeries();
    await stage.ctx.db.execute(sql`
      update events set seats_taken = 3, seq = 3, last_number = 3 where id = ${ids[2]}`);
    const before = await rowsOf(stage.ctx, ids);
    expect(await refusalOf(change(ids[0], { capacity: 2 }))).toMatchObject({
      reason: "CAPACITY_BELOW_TAKEN",
      details: { fields: { eventId: ids[2], seatsTaken: 3 } },
    });
    expect(await rowsOf(stage.ctx, ids)).toEqual(before);
    await change(ids[0], { capacity: 3 });
    expect(await read(ids, "capacity")).toEqual([3, 3, 3, 3, 3]);
  });

  test("who edits only one of them changes only that one", async () => {
    const ids = await aSeries();
    const helper = await stage.aMember();
    const before = await rowsOf(stage.ctx, ids);
    await saveOrganizer(owner(), {
      eventId: ids[1] ?? "",
      apply: "this",
      userId: helper.id,
      role: "editor",
    });
    const by = stage.as(actorOf(helper));
    expect(await reasonOf(change(ids[1], { location: "別館" }, by))).toBe("FORBIDDEN");
    expect(await rowsOf(stage.ctx, ids)).toEqual(before);
    await change(ids[1], { location: "別館", apply: "this" }, by);
    expect(await read(ids, "location")).toEqual([null, "別館", null, null, null]);
  });

  test("survives a race: two changes of a series follow one another", async () => {
    const ids = await aSeries();
    const ends = await Promise.all(
      ids.map((id, index) => reasonOf(change(id, { location: `No. ${index}` }))),
    );
    expect(ends.toSorted()).toEqual([...Array(4).fill("VERSION_CONFLICT"), "no refusal"]);
    const places = new Set(await read(ids, "location"));
    expect([...places]).toEqual([`No. ${ends.indexOf("no refusal")}`]);
  });
});
