import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { EventRole } from "@tsudoi/shared/permissions.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { type Call, runInCall } from "#core/platform/call.ts";
import { actorOf } from "#test/bed.ts";
import type { TestUser } from "#test/builders.ts";
import { anInput, refusalOf } from "#test/event-changes.ts";
import { useStage } from "#test/stage.ts";
import { createSeries } from "./create-series.ts";
import { removeOrganizer } from "./remove-organizer.ts";
import { saveOrganizer } from "./save-organizer.ts";

const stage = useStage();

async function aSeries(count = 5): Promise<string[]> {
  const wanted = { event: anInput(), rrule: `FREQ=WEEKLY;COUNT=${count}` };
  const made = await createSeries(stage.as(actorOf(stage.owner)), wanted);
  return made.events.map(({ id }) => id);
}

type Change = { who: TestUser; apply?: SeriesPart; role?: EventRole; by?: TestUser };

function save(eventId = "", { who, apply = "all", role = "editor", by = stage.owner }: Change) {
  return saveOrganizer(stage.as(actorOf(by)), { eventId, userId: who.id, apply, role });
}
function remove(eventId = "", { who, apply = "all", by = stage.owner }: Change) {
  return removeOrganizer(stage.as(actorOf(by)), { eventId, userId: who.id, apply });
}

async function rolesOf({ id }: TestUser, ids: string[]): Promise<(string | undefined)[]> {
  const rows = await stage.ctx.db.execute<{ event_id: string; role: string }>(sql`
    select event_id, role from event_organizers where user_id = ${id}`);
  const roles = new Map(rows.map((row) => [row.event_id, row.role]));
  return ids.map((eventId) => roles.get(eventId));
}

async function lettersTo({ id }: TestUser) {
  const rows = await stage.ctx.db.execute<{ event_id: string; details: unknown }>(sql`
    select event_id, details from notifications
    where user_id = ${id} and kind = 'events.organizer-role' order by id`);
  return rows.map(({ event_id, details }) => ({ event_id, details }));
}

const E = "editor";
const no = undefined;

describe("events.saveOrganizer and events.removeOrganizer of a series", () => {
  test.each([
    ["this", [no, no, E, no, no], [E, E, no, E, E]],
    ["following", [no, no, E, E, E], [E, E, no, no, no]],
    ["all", [E, E, E, E, E], [no, no, no, no, no]],
  ] as const)("%s, with one mail", async (apply, given, left) => {
    const ids = await aSeries();
    const who = await stage.aMember();
    await save(ids[2], { who, apply });
    expect(await rolesOf(who, ids)).toEqual(given);
    const dates = given.filter((role) => role === E).length;
    const letter = { event_id: ids[given.indexOf(E)], details: { role: E, dates } };
    expect(await lettersTo(who)).toEqual([letter]);
    await save(ids[2], { who, apply });
    expect(await lettersTo(who)).toEqual([letter]);
    await save(ids[2], { who });
    await remove(ids[2], { who, apply });
    expect(await rolesOf(who, ids)).toEqual(left);
  });

  test("the mail counts what has changed, from the first of it that is to come", async () => {
    const ids = await aSeries();
    const who = await stage.aMember();
    await save(ids[0], { who, apply: "this" });
    await stage.ctx.db.execute(sql`
      update events set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour',
        registration_opens_at = now() - interval '1 day', registration_closes_at = now() - interval '3 hours',
        status = 'published', published_at = now() - interval '1 day'
      where id = ${ids[1]}`);
    await save(ids[4], { who });
    expect((await lettersTo(who)).at(-1)).toEqual({
      event_id: ids[2],
      details: { role: E, dates: 4 },
    });
    expect(await rolesOf(who, ids)).toEqual([E, E, E, E, E]);
  });

  test("each of the events keeps an owner, or none is changed", async () => {
    const ids = await aSeries();
    const who = await stage.aMember();
    await save(ids[0], { who, role: "owner", apply: "this" });
    const refused = { reason: "STATE_CONFLICT", details: { fields: { owners: 0 } } };
    expect(await refusalOf(remove(ids[0], { who: stage.owner }))).toMatchObject(refused);
    expect(await refusalOf(save(ids[0], { who: stage.owner }))).toMatchObject(refused);
    expect(await rolesOf(stage.owner, ids)).toEqual(Array(5).fill("owner"));
    await save(ids[0], { who, role: "owner" });
    await remove(ids[0], { who: stage.owner, by: who });
    expect(await rolesOf(stage.owner, ids)).toEqual(Array(5).fill(undefined));
  });

  test("is for who owns each of them", async () => {
    const ids = await aSeries();
    const [who, by] = await stage.someMembers(2);
    await save(ids[0], { who: by!, role: "owner", apply: "this" });
    expect(await refusalOf(save(ids[0], { who: who!, by: by! }))).toMatchObject({
      reason: "FORBIDDEN",
    });
    expect(await refusalOf(remove(ids[0], { who: stage.owner, by: by! }))).toMatchObject({
      reason: "FORBIDDEN",
    });
    expect(await rolesOf(who!, ids)).toEqual(Array(5).fill(undefined));
  });

  test("a hundred events cost as many statements as two", async () => {
    const cost = async (count: number) => {
      const [eventId] = await aSeries(count);
      const who = await stage.aMember();
      const call: Call = { name: "test", requestId: "request", queries: 0 };
      await runInCall(call, () => save(eventId, { who }));
      await runInCall(call, () => remove(eventId, { who }));
      return call.queries;
    };
    expect(await cost(100)).toBe(await cost(2));
  });
});
