import { ListEventsInput } from "@tsudoi/shared/events.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { runInCall } from "#core/platform/call.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization } from "#test/builders.ts";
import { anInput, eventLog, refusalOf } from "#test/event-changes.ts";
import { everyId } from "#test/pages.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { createSeries } from "./create-series.ts";
import { getEvent } from "./get-event.ts";
import { listEvents } from "./queries.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const owner = () => stage.as(actorOf(stage.owner));
const NOW = new Date("2026-10-01T00:00:00.000Z");

async function countEvents(): Promise<number> {
  const [row] = await stage.ctx.db.execute<{ count: number }>(sql`
    select count(*)::int as count from events where organization_id = ${stage.organizationId}`);
  return row?.count ?? 0;
}

describe("events.createSeries", () => {
  test("does the thing", async () => {
    stage.setNow(NOW);
    const event = anInput({
      startsAt: "2026-11-26T06:00:00.000Z",
      capacity: 7,
      cancelUntil: "2026-11-25T06:00:00.000Z",
    });
    const { seriesId, events } = await createSeries(owner(), {
      event,
      rrule: "FREQ=WEEKLY;COUNT=3",
    });
    expect(events.map(({ startsAt }) => startsAt)).toEqual([
      "2026-11-26T06:00:00.000Z",
      "2026-12-03T06:00:00.000Z",
      "2026-12-10T06:00:00.000Z",
    ]);
    for (const [index, { id }] of events.entries()) {
      expect(await getEvent(owner(), { eventId: id })).toMatchObject({
        status: "draft",
        capacity: 7,
        seriesId,
        myRole: "owner",
        registrationOpensAt: NOW.toISOString(),
        cancelUntil: `2026-${["11-25", "12-02", "12-09"][index]}T06:00:00.000Z`,
      });
      expect(await eventLog(stage.ctx, id)).toEqual([
        { action: "events.createSeries", actorId: stage.owner.id },
      ]);
    }
    const [series] = await stage.ctx.db.execute<Record<string, unknown>>(sql`
      select rrule, time_zone, created_by from event_series where id = ${seriesId}`);
    expect(series).toEqual({
      rrule: "FREQ=WEEKLY;COUNT=3",
      time_zone: "Asia/Tokyo",
      created_by: stage.owner.id,
    });
  });

  test.each([
    ["Asia/Tokyo", "2026-10-22T00:00:00.000Z", [0, 0, 0]],
    // One hour later in UTC once summer time is over: 25 October, 1 November.
    ["Europe/Berlin", "2026-10-22T07:00:00.000Z", [0, 1, 1]],
    ["America/New_York", "2026-10-22T13:00:00.000Z", [0, 0, 1]],
  ] as const)("in %s every time keeps to the clocks", async (...[zone, startsAt, hours]) => {
    stage.setNow(NOW);
    const at = (change: number) =>
      new Date(Date.parse(startsAt) + change * 3_600_000).toISOString();
    const event = anInput({
      startsAt,
      endsAt: at(2),
      timeZone: zone,
      registrationOpensAt: at(-14 * 24),
      registrationClosesAt: at(-24),
      cancelUntil: at(-1),
      answersUntil: at(-2),
      allocation: "lottery",
      drawAt: at(-12),
    });
    const made = await createSeries(owner(), { event, rrule: "FREQ=WEEKLY;COUNT=3" });
    const told = await Promise.all(made.events.map(({ id }) => getEvent(owner(), { eventId: id })));
    const shifted = (change: number, index: number) =>
      at(index * 7 * 24 + change + (hours[index] ?? 0));
    for (const [index, each] of told.entries()) {
      expect(each).toMatchObject({
        startsAt: shifted(0, index),
        endsAt: shifted(2, index),
        cancelUntil: shifted(-1, index),
        answersUntil: shifted(-2, index),
        drawAt: shifted(-12, index),
      });
    }
    // Two weeks before each of them, no clock has changed yet.
    const opened = told.map((each) => each.registrationOpensAt);
    expect(opened).toEqual([at(-14 * 24), at(-7 * 24), at(0)]);
  });

  test("can be read as a series, page by page, by those who organise it", async () => {
    const { seriesId, events } = await createSeries(owner(), {
      event: anInput(),
      rrule: "FREQ=DAILY;COUNT=5",
    });
    await createSeries(owner(), { event: anInput(), rrule: "FREQ=DAILY;COUNT=5" });
    const asked = { scope: "organizing", seriesId, limit: 2 } as const;
    const ids = await everyId((from) =>
      listEvents(owner(), ListEventsInput.parse({ ...asked, ...from })),
    );
    expect(ids).toEqual(events.map(({ id }) => id));
    const member = stage.as(actorOf(await stage.aMember()));
    expect((await listEvents(member, ListEventsInput.parse({ seriesId }))).items).toEqual([]);
  });

  test("its statements do not grow with its length", async () => {
    const count = async (rrule: string) => {
      const call = { name: "events.createSeries", requestId: "request", queries: 0 };
      await runInCall(call, () => createSeries(owner(), { event: anInput(), rrule }));
      return call.queries;
    };
    expect(await count("FREQ=DAILY;COUNT=100")).toBe(await count("FREQ=DAILY;COUNT=2"));
  });

  test("a rule that is none is refused at its field, and leaves nothing", async () => {
    const before = await countEvents();
    for (const rrule of ["FREQ=DAILY", "FREQ=HOURLY;COUNT=2", "every day"]) {
      const refused = await refusalOf(createSeries(owner(), { event: anInput(), rrule }));
      expect(refused).toMatchObject({
        reason: "VALIDATION",
        details: { issues: [{ path: "rrule" }] },
      });
    }
    expect(await countEvents()).toBe(before);
  });

  test("rejects a stranger", async () => {
    const before = await countEvents();
    const input = { event: anInput(), rrule: "FREQ=DAILY;COUNT=2" };
    const member = await stage.aMember();
    const elsewhere = { ...stage.owner, organizationId: await anOrganization(stage.ctx) };
    const asks = (who: Parameters<typeof actorOf>[0]) =>
      reasonOf(createSeries(stage.as(actorOf(who)), input));
    expect(await asks(member)).toBe("FORBIDDEN");
    expect(await asks({ ...member, role: "organizer" })).toBe("FORBIDDEN");
    expect(await asks(elsewhere)).toBe("NOT_SIGNED_IN");
    expect(await reasonOf(createSeries(stage.as({ kind: "anonymous" }), input))).toBe(
      "NOT_SIGNED_IN",
    );
    expect(await countEvents()).toBe(before);
  });
});
