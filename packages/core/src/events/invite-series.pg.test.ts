import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import { MAX_INVITATIONS } from "@tsudoi/shared/invitations.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { type Call, runInCall } from "#core/platform/call.ts";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import type { TestUser } from "#test/builders.ts";
import { anInput, eventLog, jobsFor, refusalOf } from "#test/event-changes.ts";
import { useStage } from "#test/stage.ts";
import { announceInvitations } from "./announce-invitations.ts";
import { cancel } from "./cancel.ts";
import { createSeries } from "./create-series.ts";
import { invite } from "./invite.ts";
import { publish } from "./publish.ts";
import { removeOrganizer } from "./remove-organizer.ts";
import { saveOrganizer } from "./save-organizer.ts";
import { uninvite } from "./uninvite.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const owner = () => stage.as(actorOf(stage.owner));

/** For invited people, one event a week. */
async function aSeries(count = 5): Promise<[string, ...string[]]> {
  const event = anInput({ audience: "invited" });
  const made = await createSeries(owner(), { event, rrule: `FREQ=WEEKLY;COUNT=${count}` });
  const [first = "", ...others] = made.events.map(({ id }) => id);
  return [first, ...others];
}

async function aPublicSeries(count = 5): Promise<[string, ...string[]]> {
  const ids = await aSeries(count);
  await publish(owner(), { eventId: ids[0], apply: "all", allowMissingTranslation: true });
  return ids;
}

type Wanted = { apply?: SeriesPart; people: { email: string }[]; by?: TestUser };

const inputOf = (eventId: string | undefined, { apply = "all", people }: Wanted) => ({
  ...{ eventId: eventId ?? "", apply },
  emails: people.map(({ email }) => email),
});
const inviting = (eventId: string | undefined, wanted: Wanted) =>
  invite(stage.as(actorOf(wanted.by ?? stage.owner)), inputOf(eventId, wanted));
const uninviting = (eventId: string | undefined, wanted: Wanted) =>
  uninvite(owner(), inputOf(eventId, wanted));

/** On how many addresses' list each event is. */
async function listsOf(ids: string[]): Promise<number[]> {
  const rows = await stage.ctx.db.execute<{ event_id: string; total: number }>(sql`
    select event_id, count(*)::int as total from event_invitations group by event_id`);
  const totals = new Map(rows.map((row) => [row.event_id, row.total]));
  return ids.map((id) => totals.get(id) ?? 0);
}

async function lettersTo({ id }: TestUser): Promise<string[]> {
  const rows = await stage.ctx.db.execute<{ event_id: string }>(sql`
    select event_id from notifications
    where user_id = ${id} and kind = 'events.invitation' order by id`);
  return rows.map(({ event_id }) => event_id);
}

const announcing = (eventId: string) =>
  announceInvitations(stage.ctx, { organizationId: stage.organizationId, eventId });

describe("events.invite and events.uninvite of a series", () => {
  test.each([
    ["this", [0, 0, 1, 0, 0]],
    ["following", [0, 0, 1, 1, 1]],
    ["all", [1, 1, 1, 1, 1]],
  ] as const)("%s", async (apply, lists) => {
    const ids = await aSeries();
    const people = [{ email: "guest@example.test" }];
    expect(await inviting(ids[2], { apply, people })).toEqual({ invited: 1 });
    expect(await listsOf(ids)).toEqual(lists);
    expect(await inviting(ids[2], { apply, people })).toEqual({ invited: 0 });
    await inviting(ids[2], { people });
    expect(await uninviting(ids[2], { apply, people })).toEqual({ uninvited: 1 });
    expect(await listsOf(ids)).toEqual(lists.map((total) => 1 - total));
  });

  test("what is over or cancelled keeps its list, and each list is told in the log", async () => {
    const ids = await aPublicSeries();
    await cancel(owner(), { eventId: ids[3] ?? "", apply: "this" });
    // The first of them was held on the day after today.
    stage.setNow(new Date(Date.now() + 2 * DAY));
    await inviting(ids[1], { people: [{ email: "guest@example.test" }] });
    expect(await listsOf(ids)).toEqual([0, 1, 1, 0, 1]);
    const logged = await Promise.all(ids.map((id) => eventLog(stage.ctx, id)));
    const isInvite = ({ action }: { action: string }) => action === "events.invite";
    expect(logged.map((log) => log.filter(isInvite).length)).toEqual([0, 1, 1, 0, 1]);
  });

  test("all or none: a list that is full, or an event that is somebody else's, refuses the others", async () => {
    const ids = await aSeries();
    await stage.ctx.db.execute(sql`
      insert into event_invitations (organization_id, event_id, email, via)
      select ${stage.organizationId}, ${ids[4]}, 'p' || i || '@example.test', 'list'
      from generate_series(1, ${MAX_INVITATIONS}::int) i`);
    const people = [{ email: "guest@example.test" }];
    expect(await refusalOf(inviting(ids[0], { people }))).toMatchObject({
      reason: "VALIDATION",
      details: { issues: [{ path: "emails", code: "too_many" }], fields: { eventId: ids[4] } },
    });
    const by = await stage.aMember();
    const helping = { eventId: ids[0] ?? "", userId: by.id, role: "editor" as const };
    await saveOrganizer(owner(), { ...helping, apply: "this" });
    expect(await refusalOf(inviting(ids[0], { people, by }))).toMatchObject({
      reason: "FORBIDDEN",
    });
    expect(await listsOf(ids)).toEqual([0, 0, 0, 0, MAX_INVITATIONS]);
    await saveOrganizer(owner(), { ...helping, apply: "all" });
    expect(await inviting(ids[0], { apply: "this", people, by })).toEqual({ invited: 1 });
    await removeOrganizer(owner(), { eventId: ids[1] ?? "", userId: by.id, apply: "following" });
    expect(
      await refusalOf(uninvite(stage.as(actorOf(by)), inputOf(ids[0], { people }))),
    ).toMatchObject({ reason: "FORBIDDEN" });
  });

  test("a hundred events cost as many statements as two", async () => {
    const cost = async (count: number) => {
      const [eventId] = await aPublicSeries(count);
      const people = [await stage.aMember()];
      const call: Call = { name: "test", requestId: "request", queries: 0 };
      await runInCall(call, () => inviting(eventId, { people }));
      await runInCall(call, () => uninviting(eventId, { people }));
      return call.queries;
    };
    expect(await cost(100)).toBe(await cost(2));
  });
});

describe("the mail of an invitation to a series", () => {
  test("is one, about the first event that somebody can come to", async () => {
    const ids = await aPublicSeries();
    const [guest, placed] = await stage.someMembers(2);
    await inviting(ids[0], { apply: "this", people: [placed!] });
    await register(stage.as(actorOf(placed!)), { eventId: ids[0] });
    await inviting(ids[3], { people: [guest!, placed!, { email: "nobody-yet@example.test" }] });
    await inviting(ids[3], { people: [guest!] });
    expect(await lettersTo(guest!)).toEqual([ids[0]]);
    expect(await lettersTo(placed!)).toEqual([ids[0]]);
  });

  test("is one where drafts are published, however many jobs tell of them at once", async () => {
    const ids = await aSeries();
    const people = await stage.someMembers(20);
    await inviting(ids[0], { people });
    for (const person of people) expect(await lettersTo(person)).toEqual([]);
    await publish(owner(), { eventId: ids[0], apply: "all", allowMissingTranslation: true });
    const planned = await Promise.all(
      ids.map((eventId) => jobsFor(stage.ctx, { job: "events.announce-invitations", eventId })),
    );
    expect(planned.map((jobs) => jobs.length)).toEqual([1, 1, 1, 1, 1]);
    await Promise.all(ids.map(announcing));
    for (const person of people) expect(await lettersTo(person)).toHaveLength(1);
  });

  test("survives a race: lists of two events and the job of a third", async () => {
    const ids = await aPublicSeries(3);
    const people = await stage.someMembers(30);
    await Promise.all([
      inviting(ids[0], { apply: "this", people }),
      inviting(ids[1], { apply: "following", people: people.toReversed() }),
      inviting(ids[2], { apply: "all", people }),
      announcing(ids[2] ?? ""),
    ]);
    for (const person of people) expect(await lettersTo(person)).toHaveLength(1);
    expect(await listsOf(ids)).toEqual([30, 30, 30]);
  });
});
