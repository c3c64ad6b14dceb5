import { createHash } from "node:crypto";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { runInCall } from "#core/platform/call.ts";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser, type TestEvent, type TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { getEvent } from "./get-event.ts";

const stage = useStage();

const get = (user: TestUser, event: { id: string }) =>
  getEvent(stage.as(actorOf(user)), { eventId: event.id });

async function queriesOf(work: () => Promise<unknown>): Promise<number> {
  const call = { name: "events.get", requestId: "request", queries: 0 };
  await runInCall(call, work);
  return call.queries;
}

/** A change that no verb of this process made, so nothing told the cache. */
function changeBehind(event: TestEvent, titleEn: string) {
  return stage.ctx.db.execute(sql`update events set title_en = ${titleEn} where id = ${event.id}`);
}

describe("events.get", () => {
  test("does the thing", async () => {
    const event = await stage.anEvent({
      descriptionJa: "説明",
      descriptionEn: "About",
      location: "本社",
      onlineUrl: "https://meet.example.test/room",
      cancelUntil: new Date("2030-01-01T00:00:00Z"),
    });
    const seen = await get(await stage.aMember(), event);
    expect(seen).toEqual({
      id: event.id,
      title: { ja: "試験のイベント", en: "A test event" },
      description: { ja: "説明", en: "About" },
      category: { slug: "seminar", name: { ja: "セミナー", en: "Seminar" } },
      status: "published",
      startsAt: event.startsAt.toISOString(),
      endsAt: event.endsAt.toISOString(),
      timeZone: "Asia/Tokyo",
      capacity: 10,
      seatsTaken: 0,
      waitlistLength: 0,
      waitlistMode: "none",
      approval: false,
      allocation: "first_come",
      drawAt: null,
      drawnAt: null,
      audience: "everyone",
      location: "本社",
      locationFor: "everyone",
      hidesLocation: false,
      online: true,
      department: null,
      seriesId: null,
      cover: null,
      registrationOpensAt: event.registrationOpensAt.toISOString(),
      registrationClosesAt: event.registrationClosesAt.toISOString(),
      cancelUntil: "2030-01-01T00:00:00.000Z",
      cancelReason: null,
      offerHours: 12,
      entrants: null,
      drawHash: null,
      drawSeed: null,
      questions: [],
      answersUntil: null,
      forDepartments: [],
      organizers: [
        {
          id: stage.owner.id,
          familyName: stage.owner.familyName,
          givenName: stage.owner.givenName,
          role: "owner",
        },
      ],
      version: 1,
    });
  });

  test("a draw shows the hash of its seed before, and the seed itself only after", async () => {
    const drawAt = new Date("2030-01-01T00:00:00Z");
    const seed = "ab".repeat(32);
    const lottery = { allocation: "lottery" as const, drawAt, drawSeed: seed };
    const drawHash = createHash("sha256").update(Buffer.from(seed, "hex")).digest("hex");
    const before = await stage.anEvent(lottery);
    const after = await stage.anEvent({ ...lottery, drawnAt: drawAt });
    for (const reader of [await stage.aMember(), stage.owner]) {
      const told = await get(reader, before);
      expect(told).toMatchObject({ allocation: "lottery", drawHash, drawSeed: null });
      expect(JSON.stringify(told)).not.toContain(seed);
      expect(await get(reader, after)).toMatchObject({ drawHash, drawSeed: seed });
    }
  });

  test("each role in an event reads what it may act on", async () => {
    const onlineUrl = "https://meet.example.test/secret";
    const event = await stage.anEvent({ approval: true, pendingCount: 3, seq: 5, onlineUrl });
    const told = async (person: TestUser) => {
      const seen = await get(person, event);
      const { myRole: role, onlineUrl: link, pendingCount: pending, seq } = seen;
      return { role, link, pending, seq };
    };
    const helpers = await stage.someMembers(3);
    const roles = ["editor", "viewer", "checkin"] as const;
    await stage.ctx.db.insert(eventOrganizers).values(
      helpers.map(({ id: userId }, index) => ({
        ...{ organizationId: stage.organizationId, eventId: event.id, userId },
        role: roles[index] ?? "viewer",
      })),
    );
    const people = [stage.owner, ...helpers, await stage.aMember({ role: "admin" })];
    expect(await Promise.all([...people, await stage.aMember()].map(told))).toEqual([
      { role: "owner", link: onlineUrl, pending: 3, seq: 5 },
      { role: "editor", link: onlineUrl, pending: 3, seq: 5 },
      { role: "viewer", link: undefined, pending: 3, seq: 5 },
      { role: "checkin", link: undefined, pending: undefined, seq: undefined },
      { role: undefined, link: onlineUrl, pending: 3, seq: 5 },
      { role: undefined, link: undefined, pending: undefined, seq: undefined },
    ]);
  });

  test("rejects a stranger", async () => {
    const event = await stage.anEvent();
    const elsewhere = await aUser(stage.ctx, {
      organizationId: await anOrganization(stage.ctx),
      role: "admin",
    });
    await get(stage.owner, event);
    await get(await stage.aMember(), event);
    expect(await reasonOf(get(elsewhere, event))).toBe("NOT_FOUND");
    expect(await reasonOf(get(stage.owner, { id: "01890000-0000-7000-8000-000000000000" }))).toBe(
      "NOT_FOUND",
    );
    expect(await reasonOf(getEvent(stage.as({ kind: "anonymous" }), { eventId: event.id }))).toBe(
      "NOT_SIGNED_IN",
    );
  });

  test("a draft is there for whoever works on it, and for nobody else", async () => {
    const draft = await stage.anEvent({ status: "draft", publishedAt: null });
    const admin = await stage.aMember({ role: "admin" });
    const [helper, member] = [await stage.aMember(), await stage.aMember()];
    await stage.ctx.db.insert(eventOrganizers).values({
      organizationId: stage.organizationId,
      eventId: draft.id,
      userId: helper.id,
      role: "checkin",
    });
    expect(await get(stage.owner, draft)).toMatchObject({ status: "draft", myRole: "owner" });
    expect(await get(helper, draft)).toMatchObject({ status: "draft", myRole: "checkin" });
    expect(await get(admin, draft)).toMatchObject({ status: "draft" });
    expect(await reasonOf(get(member, draft))).toBe("NOT_FOUND");
    expect(await reasonOf(get(await stage.aMember({ role: "organizer" }), draft))).toBe(
      "NOT_FOUND",
    );
  });

  test("the online link and a kept place are for those with a seat and those who edit the event", async () => {
    const onlineUrl = "https://meet.example.test/secret";
    const location = "secret bar";
    const event = await stage.anEvent({
      onlineUrl,
      location,
      locationFor: "confirmed",
      capacity: 1,
      waitlistMode: "automatic",
    });
    const [seated, waiting, stranger] = [
      await stage.aMember(),
      await stage.aMember(),
      await stage.aMember(),
    ];
    await register(stage.as(actorOf(seated)), { eventId: event.id });
    await register(stage.as(actorOf(waiting)), { eventId: event.id });
    for (const person of [seated, stage.owner]) {
      expect(await get(person, event)).toMatchObject({
        ...{ onlineUrl, location },
        hidesLocation: false,
      });
    }
    for (const person of [waiting, stranger]) {
      const seen = await get(person, event);
      expect(seen).toMatchObject({ online: true, location: null, hidesLocation: true });
      expect(JSON.stringify(seen)).not.toContain("secret");
    }
    await stage.ctx.db.execute(sql`
      update registrations set status = 'cancelled' where event_id = ${event.id} and user_id = ${seated.id}`);
    expect(JSON.stringify(await get(seated, event))).not.toContain("secret");
  });

  test("names twenty organisers at most, the first ones", async () => {
    const event = await stage.anEvent();
    const editors = await stage.someMembers(25);
    await stage.ctx.db.insert(eventOrganizers).values(
      editors.map(({ id }, index) => ({
        organizationId: stage.organizationId,
        eventId: event.id,
        userId: id,
        role: "editor" as const,
        createdAt: new Date(Date.now() + index + 1),
      })),
    );
    const { organizers } = await get(stage.owner, event);
    const first = [stage.owner, ...editors].slice(0, 20).map(({ id }) => id);
    expect(organizers.map(({ id }) => id)).toEqual(first);
  });
});

describe("events.get and its cache", () => {
  test("readers share what was read, an organiser reads it afresh", async () => {
    const event = await stage.anEvent();
    const [one, other] = [await stage.aMember(), await stage.aMember()];
    expect(await queriesOf(() => get(one, event))).toBe(2);
    expect(await queriesOf(() => get(other, event))).toBe(1);
    await changeBehind(event, "changed");
    expect((await get(one, event)).title.en).toBe("A test event");
    expect((await get(stage.owner, event)).title.en).toBe("changed");
  });

  test("one's own change is exact, whatever is kept", async () => {
    const event = await stage.anEvent();
    const [early, late] = [await stage.aMember(), await stage.aMember()];
    await get(early, event);
    // As another process would: this one's cache hears nothing of it.
    await stage.ctx.db.execute(sql`
      with seat as (update events set seats_taken = 1, seq = 1, last_number = 1 where id = ${event.id})
      insert into registrations (organization_id, event_id, user_id, status, seq, number)
      values (${stage.organizationId}, ${event.id}, ${late.id}, 'confirmed', 1, 1)`);
    expect((await get(early, event)).seatsTaken).toBe(0);
    expect(await get(late, event)).toMatchObject({ seatsTaken: 1, myStatus: "confirmed" });
    expect((await get(early, event)).seatsTaken).toBe(1);
  });

  test("an edit is seen by everyone at once, whatever is kept: who was told of it asks once", async () => {
    const [event, reader] = [await stage.anEvent(), await stage.aMember()];
    await get(reader, event);
    await stage.ctx.db.execute(sql`update events set version = 9 where id = ${event.id}`);
    expect((await get(reader, event)).version).toBe(9);
    expect(await queriesOf(() => get(reader, event))).toBe(1);
  });

  test("a registration of this process is seen by everyone at once", async () => {
    const event = await stage.anEvent();
    const [watcher, person] = [await stage.aMember(), await stage.aMember()];
    expect((await get(watcher, event)).seatsTaken).toBe(0);
    await register(stage.as(actorOf(person)), { eventId: event.id });
    expect((await get(watcher, event)).seatsTaken).toBe(1);
    expect((await get(person, event)).seatsTaken).toBe(1);
  });

  test("keys of two organisations never meet", async () => {
    const event = await stage.anEvent();
    await get(await stage.aMember(), event);
    const elsewhere = await aUser(stage.ctx, { organizationId: await anOrganization(stage.ctx) });
    expect(await reasonOf(get(elsewhere, event))).toBe("NOT_FOUND");
  });

  test("readers while people register get an answer, and none that goes back", async () => {
    const event = await stage.anEvent({ capacity: 40 });
    const watcher = await stage.aMember();
    const people = await Promise.all(Array.from({ length: 30 }, stage.aMember));
    const seen: number[] = [];
    let registering = true;
    const watch = async () => {
      while (registering) seen.push((await get(watcher, event)).seatsTaken);
    };
    const watching = watch();
    for (const person of people) await register(stage.as(actorOf(person)), { eventId: event.id });
    registering = false;
    await watching;
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect((await get(watcher, event)).seatsTaken).toBe(30);
  });

  test("its statements do not grow with the event", async () => {
    const event = await stage.anEvent({
      startsAt: new Date(Date.now() + DAY + HOUR),
      capacity: 1_000,
    });
    const before = [await queriesOf(async () => get(await stage.aMember(), event))];
    await stage.ctx.db.execute(sql`
      with people as (
        insert into users (organization_id, email, family_name, given_name, locale, time_zone)
        select ${stage.organizationId}, 'many-' || i || '@example.test', 'a', 'b', 'ja', 'Asia/Tokyo'
        from generate_series(1, 500) i returning id
      )
      insert into registrations (organization_id, event_id, user_id, status, seq, number)
      select ${stage.organizationId}, ${event.id}, id, 'confirmed', 1, 1 from people`);
    stage.ctx.cache.forget("event_detail", `${stage.organizationId}:${event.id}`);
    expect([await queriesOf(async () => get(await stage.aMember(), event))]).toEqual(before);
  });
});
