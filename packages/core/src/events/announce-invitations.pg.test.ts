import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { type Call, runInCall } from "#core/platform/call.ts";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser, type TestEvent, type TestUser } from "#test/builders.ts";
import { jobsFor } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { acceptInvite } from "./accept-invite.ts";
import { announceInvitations } from "./announce-invitations.ts";
import { cancel } from "./cancel.ts";
import { close } from "./close.ts";
import { invite } from "./invite.ts";
import { inviteToken } from "./invite-token.ts";
import { publish } from "./publish.ts";
import { reopen } from "./reopen.ts";
import { uninvite } from "./uninvite.ts";
import { update } from "./update.ts";

const JOB = "events.announce-invitations";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const aDraft = { audience: "invited", status: "draft", publishedAt: null } as const;
const owner = () => stage.as(actorOf(stage.owner));
const inviting = ({ id }: TestEvent, people: { email: string }[]) =>
  invite(owner(), { eventId: id, apply: "this", emails: people.map(({ email }) => email) });
const uninviting = ({ id }: TestEvent, { email }: TestUser) =>
  uninvite(owner(), { eventId: id, apply: "this", emails: [email] });
const publishing = ({ id }: TestEvent) =>
  publish(owner(), { eventId: id, apply: "this", allowMissingTranslation: true });

const announcing = ({ organizationId, id }: TestEvent, runMs = 20_000) =>
  announceInvitations(stage.ctx, { organizationId, eventId: id, runMs });

async function plannedFor({ id }: TestEvent): Promise<number> {
  return (await jobsFor(stage.ctx, { job: JOB, eventId: id })).length;
}

/** Who has an invitation in the ledger, with the job that sends it. */
async function toldOf({ id }: TestEvent): Promise<string[]> {
  const letters = await stage.ctx.db.execute<{ id: string; user_id: string }>(sql`
    select id, user_id from notifications
    where event_id = ${id} and kind = 'events.invitation' order by user_id`);
  const jobs = await stage.ctx.db.execute<{ letter: string }>(sql`
    select payload ->> 'notificationId' as letter from outbox where job = 'notifications.send'`);
  const sent = new Set(jobs.map(({ letter }) => letter));
  return letters.filter((letter) => sent.has(letter.id)).map((letter) => letter.user_id);
}

/** People of the organisation who are on the event's list, by their ids. */
async function addInvited(event: TestEvent, count: number): Promise<string[]> {
  const people = await stage.ctx.db.execute<{ id: string }>(sql`
    with made as (
      insert into users (organization_id, email, family_name, given_name, locale, time_zone)
      select ${stage.organizationId}, 'invited-' || i || '@example.test', '招待', i::text, 'ja', 'Asia/Tokyo'
      from generate_series(1, ${count}::int) i
      returning id, email
    ), invited as (
      insert into event_invitations (organization_id, event_id, email, via)
      select ${stage.organizationId}, ${event.id}, email, 'list' from made
    )
    select id from made`);
  return people.map(({ id }) => id);
}

const idsOf = (people: TestUser[]) => people.map(({ id }) => id).toSorted();

describe("events/announce-invitations", () => {
  test("a draft's people are told once it is published, and only those with an account here", async () => {
    const event = await stage.anEvent(aDraft);
    const people = await stage.someMembers(3);
    const disabled = await stage.aMember({ disabledAt: new Date() });
    const elsewhere = await aUser(stage.ctx, { organizationId: await anOrganization(stage.ctx) });
    const nobody = { email: "nobody-yet@example.test" };
    await inviting(event, [...people, disabled, elsewhere, nobody]);
    expect([await toldOf(event), await plannedFor(event)]).toEqual([[], 0]);
    await publishing(event);
    expect([await toldOf(event), await plannedFor(event)]).toEqual([[], 1]);
    await announcing(event);
    expect(await toldOf(event)).toEqual(idsOf(people));
  });

  test("who is invited to a published event is told at once, and never twice", async () => {
    const event = await stage.anEvent({ audience: "invited" });
    const [first, second] = await stage.someMembers(2);
    await inviting(event, [first!]);
    expect(await toldOf(event)).toEqual([first!.id]);
    await uninviting(event, first!);
    await inviting(event, [first!, second!]);
    await announcing(event);
    await announcing(event);
    expect(await toldOf(event)).toEqual(idsOf([first!, second!]));
  });

  test("who came by the link, or has a place, needs no mail", async () => {
    const event = await stage.anEvent({ audience: "everyone" });
    const [guest, placed, left] = await stage.someMembers(3);
    await register(stage.as(actorOf(placed!)), { eventId: event.id });
    const { id: eventId } = event;
    const token = inviteToken(owner(), { eventId, generation: 1 });
    await acceptInvite(stage.as(actorOf(guest!)), { token });
    await inviting(event, [guest!, placed!, left!]);
    await update(owner(), { eventId, version: 1, apply: "this", audience: "invited" });
    await announcing(event);
    expect(await toldOf(event)).toEqual([left!.id]);
  });

  test("what is over, closed, cancelled or for others too asks nobody", async () => {
    const past = new Date(Date.now() - DAY);
    const events = [
      await stage.anEvent({ audience: "invited", startsAt: past }),
      await stage.anEvent({ audience: "invited", status: "closed" }),
      await stage.anEvent({ audience: "invited", status: "cancelled" }),
      await stage.anEvent({ audience: "departments" }),
      await stage.anEvent(),
    ];
    for (const event of events) {
      await inviting(event, [await stage.aMember()]);
      await announcing(event);
      expect(await toldOf(event)).toEqual([]);
    }
  });

  test("who was invited while it was closed, or while it was for others too, is told when that ends", async () => {
    const event = await stage.anEvent({ audience: "invited" });
    const { id: eventId } = event;
    const [first, second] = await stage.someMembers(2);
    await close(owner(), { eventId });
    await inviting(event, [first!]);
    await reopen(owner(), { eventId });
    expect(await plannedFor(event)).toBe(1);
    await announcing(event);
    expect(await toldOf(event)).toEqual([first!.id]);
    const { version } = await update(owner(), {
      ...{ eventId, version: 3, apply: "this" },
      audience: "everyone",
    });
    await inviting(event, [second!]);
    expect(await plannedFor(event)).toBe(1);
    await update(owner(), { eventId, version, apply: "this", audience: "invited" });
    expect(await plannedFor(event)).toBe(2);
    await announcing(event);
    expect(await toldOf(event)).toEqual(idsOf([first!, second!]));
  });

  test("an event that is cancelled before its people were told tells them nothing", async () => {
    const event = await stage.anEvent(aDraft);
    await inviting(event, [await stage.aMember()]);
    await publishing(event);
    await cancel(owner(), { eventId: event.id, apply: "this" });
    await announcing(event);
    expect(await toldOf(event)).toEqual([]);
  });

  test("five thousand are told in few statements, each once, also by a run that goes on", async () => {
    const event = await stage.anEvent({ ...aDraft, startsAt: new Date(Date.now() + HOUR) });
    const people = await addInvited(event, 5_000);
    await publishing(event);
    const call: Call = { name: "test", requestId: "request", queries: 0 };
    expect(await runInCall(call, () => announcing(event, 0))).toBe(false);
    expect(await toldOf(event)).toHaveLength(2_000);
    expect(await runInCall(call, () => announcing(event))).toBe(true);
    expect(call.queries).toBeLessThanOrEqual(5_000 / 250);
    expect(await toldOf(event)).toEqual(people.toSorted());
  });

  test("survives a race: lists, pages and people who are taken off and put back", async () => {
    const event = await stage.anEvent({ audience: "invited" });
    const people = await stage.someMembers(40);
    await stage.ctx.db.execute(sql`
      insert into event_invitations (organization_id, event_id, email, via)
      select ${stage.organizationId}, ${event.id}, email, 'list'
      from users where id = any(${sql.param(people.map(({ id }) => id))}::uuid[])`);
    const again = async (person: TestUser) => {
      await uninviting(event, person);
      await inviting(event, [person]);
    };
    await Promise.all([announcing(event), ...people.slice(0, 10).map(again)]);
    expect(await toldOf(event)).toEqual(idsOf(people));
  });

  test("is the system's alone", async () => {
    const { organizationId, id: eventId } = await stage.anEvent();
    expect(await reasonOf(announceInvitations(owner(), { organizationId, eventId }))).toBe(
      "FORBIDDEN",
    );
  });
});
