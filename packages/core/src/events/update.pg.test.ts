import type { UpdateEventInput } from "@tsudoi/shared/event-input.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser, type TestEvent, type TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { expectSound, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { getEvent } from "./get-event.ts";
import { update } from "./update.ts";

const stage = useStage();

type Change = Omit<UpdateEventInput, "eventId" | "version" | "apply">;

function change(event: TestEvent, changes: Change, { by = stage.owner, version = 1 } = {}) {
  const input = { eventId: event.id, version, apply: "this" as const, ...changes };
  return update(stage.as(actorOf(by)), input);
}

const refusalOf = (call: Promise<unknown>) => call.catch((error: unknown) => error);
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();

/** The whole row: what a refused change must leave as it was. */
async function rowOf({ id }: TestEvent) {
  const [row] = await stage.ctx.db.execute<{ row: Record<string, unknown> }>(sql`
    select to_jsonb(events) as row from events where id = ${id}`);
  return row?.row;
}

describe("events.update", () => {
  test("does the thing", async () => {
    const event = await stage.anEvent({ location: "本社", cancelUntil: new Date(inDays(0.5)) });
    const changes = {
      title: { en: "New" },
      description: { ja: "説明" },
      category: "social",
      startsAt: inDays(3),
      endsAt: inDays(4),
      timeZone: "Europe/Berlin",
      capacity: 20,
      location: null,
      onlineUrl: "https://meet.example.test/room",
      registrationClosesAt: inDays(2),
      cancelUntil: null,
      waitlistMode: "offer" as const,
      offerHours: 24,
      approval: true,
      answersUntil: inDays(1),
    };
    const { category, ...told } = await change(event, changes);
    const { category: slug, title, description, ...kept } = changes;
    expect(told).toMatchObject({
      ...kept,
      title: { ja: event.titleJa, ...title },
      description: { ...description, en: "" },
      status: "published",
      version: 2,
    });
    expect(category.slug).toBe(slug);
    const audit = await stage.ctx.db.execute<Record<string, unknown>>(sql`
      select action, actor_id, details from audit_log where entity_id = ${event.id}`);
    expect([...audit]).toEqual([
      {
        action: "events.update",
        actor_id: stage.owner.id,
        details: { version: 2, fields: Object.keys(changes).join(",") },
      },
    ]);
  });

  test("what is absent stays, and what is the same is no change", async () => {
    const event = await stage.anEvent();
    const before = await rowOf(event);
    const same = { title: { en: event.titleEn }, startsAt: event.startsAt.toISOString() };
    expect(await change(event, same)).toMatchObject({ version: 1 });
    expect(await change(event, {})).toMatchObject({ version: 1 });
    expect(await rowOf(event)).toEqual(before);
  });

  test("everyone sees it at once", async () => {
    const event = await stage.anEvent();
    const member = stage.as(actorOf(await stage.aMember()));
    await getEvent(member, { eventId: event.id });
    await change(event, { title: { en: "Moved" } });
    expect(await getEvent(member, { eventId: event.id })).toMatchObject({
      title: { en: "Moved" },
    });
  });

  test("an older version is told the last one, and changes nothing", async () => {
    const event = await stage.anEvent();
    await change(event, { title: { en: "First" } });
    const before = await rowOf(event);
    expect(await refusalOf(change(event, { title: { en: "Second" } }))).toMatchObject({
      reason: "VERSION_CONFLICT",
      details: { fields: { version: 2 } },
    });
    expect(await rowOf(event)).toEqual(before);
  });

  test("survives a race: of many changes of one version one wins, whole", async () => {
    const event = await stage.anEvent();
    const ends = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        reasonOf(change(event, { title: { en: `No. ${index}` }, location: `${index}` })),
      ),
    );
    expect(ends.toSorted()).toEqual([...Array(9).fill("VERSION_CONFLICT"), "no refusal"]);
    const winner = ends.indexOf("no refusal");
    expect(await rowOf(event)).toMatchObject({
      title_en: `No. ${winner}`,
      location: `${winner}`,
      version: 2,
    });
  });

  test("a version that is only looked at first loses changes", async () => {
    const event = await stage.anEvent();
    const versions = await Promise.all(
      Array.from({ length: 5 }, async () => (await rowOf(event))?.version),
    );
    const writes = versions.map((version, index) =>
      version === 1
        ? stage.ctx.db.execute(sql`
            update events set title_en = ${`No. ${index}`}, version = 2 where id = ${event.id}
            returning 1`)
        : [],
    );
    const won = (await Promise.all(writes)).filter((rows) => rows.length > 0);
    expect(won).toHaveLength(5);
  });

  test("rejects a stranger", async () => {
    const event = await stage.anEvent();
    const before = await rowOf(event);
    const elsewhere = await aUser(stage.ctx, {
      organizationId: await anOrganization(stage.ctx),
      role: "admin",
    });
    const disabled = await stage.aMember({ role: "admin", disabledAt: new Date() });
    const colleague = await stage.aMember({ role: "organizer" });
    const asks = (by: TestUser) => reasonOf(change(event, { capacity: 1 }, { by }));
    expect(await asks(elsewhere)).toBe("NOT_FOUND");
    expect(await asks(await stage.aMember())).toBe("NOT_FOUND");
    expect(await asks(colleague)).toBe("NOT_FOUND");
    expect(await asks(disabled)).toBe("NOT_SIGNED_IN");
    const input = { eventId: event.id, version: 1, apply: "this" as const };
    expect(await reasonOf(update(stage.as({ kind: "anonymous" }), input))).toBe("NOT_SIGNED_IN");
    expect(await rowOf(event)).toEqual(before);
  });

  test("is for those who edit the event and for administrators", async () => {
    for (const role of ["editor", "checkin", "viewer"] as const) {
      const event = await stage.anEvent();
      const by = await stage.aMember();
      const { organizationId } = stage;
      await stage.ctx.db
        .insert(eventOrganizers)
        .values({ organizationId, eventId: event.id, userId: by.id, role });
      expect(await reasonOf(change(event, { capacity: 11 }, { by }))).toBe(
        role === "editor" ? "no refusal" : "FORBIDDEN",
      );
    }
    const by = await stage.aMember({ role: "admin" });
    expect(await reasonOf(change(await stage.anEvent(), { capacity: 11 }, { by }))).toBe(
      "no refusal",
    );
  });
});

describe("events.update, what it refuses", () => {
  test("what is cancelled, archived or over stays as it was; a draft that is over may be moved", async () => {
    const past = { startsAt: new Date(Date.now() - DAY), endsAt: new Date(Date.now() - HOUR) };
    const cases = [
      [{ status: "cancelled" }, "cancelled"],
      [{ status: "archived" }, "archived"],
      [past, "over"],
      [{ ...past, status: "closed" }, "over"],
    ] as const;
    for (const [overrides, status] of cases) {
      const event = await stage.anEvent(overrides);
      expect(await refusalOf(change(event, { title: { en: "New" } }))).toMatchObject({
        reason: "STATE_CONFLICT",
        details: { fields: { status } },
      });
    }
    const draft = await stage.anEvent({ ...past, status: "draft", publishedAt: null });
    const moved = { startsAt: inDays(1), endsAt: inDays(2) };
    expect(await change(draft, moved)).toMatchObject({ ...moved, version: 2 });
  });

  test.each<[string, object, Change, string]>([
    ["no title is left", { titleJa: "" }, { title: { en: "" } }, "title"],
    ["it ends before it starts", {}, { endsAt: inDays(0.1) }, "endsAt"],
    ["its start passes its end", {}, { startsAt: inDays(20) }, "endsAt"],
    ["it is over by then", {}, { startsAt: inDays(-2), endsAt: inDays(-1) }, "endsAt"],
    ["registration outlasts it", {}, { registrationClosesAt: inDays(20) }, "registrationClosesAt"],
    ["registration never opens", {}, { registrationOpensAt: inDays(1.01) }, "registrationOpensAt"],
    ["leaving outlasts it", {}, { cancelUntil: inDays(20) }, "cancelUntil"],
    ["answering outlasts it", {}, { answersUntil: inDays(20) }, "answersUntil"],
    ["a lottery has no draw", {}, { allocation: "lottery" }, "drawAt"],
    ["who comes first has a draw", {}, { drawAt: inDays(0.5) }, "drawAt"],
    [
      "a lottery asks",
      { approval: true },
      { allocation: "lottery", drawAt: inDays(0.5) },
      "approval",
    ],
    ["a draw is past", {}, { allocation: "lottery", drawAt: inDays(-0.01) }, "drawAt"],
    [
      "a draw was held",
      { allocation: "lottery", drawAt: new Date(inDays(0.1)), drawnAt: new Date() },
      { drawAt: inDays(0.5) },
      "drawAt",
    ],
    [
      "people came under the other rule",
      { lastNumber: 1 },
      { allocation: "lottery", drawAt: inDays(0.5) },
      "allocation",
    ],
    ["its category is nobody's", {}, { category: "no-such" }, "category"],
  ])("a change after which %s", async (...[_what, overrides, changes, path]) => {
    const event = await stage.anEvent(overrides);
    const before = await rowOf(event);
    const refused = await refusalOf(change(event, { ...changes, location: "別館" }));
    const issues = expect.arrayContaining([expect.objectContaining({ path })]);
    expect(refused).toMatchObject({ reason: "VALIDATION", details: { issues } });
    expect(await rowOf(event)).toEqual(before);
  });
});

describe("events.update and its seats", () => {
  test("more seats go to who waits, at once", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    const guests = await someGuests(stage, event, 4);
    expect(await change(event, { capacity: 3 })).toMatchObject({
      capacity: 3,
      seatsTaken: 3,
      waitlistLength: 1,
      version: 2,
    });
    expect(await statusesOf(stage.ctx, guests)).toEqual([
      ...Array(3).fill("confirmed"),
      "waitlisted",
    ]);
    await expectSound(stage.ctx, event);
  });

  test("fewer than are taken are refused with their number, and all that came with it", async () => {
    const event = await stage.anEvent({ capacity: 3 });
    await someGuests(stage, event, 2);
    const before = await rowOf(event);
    expect(await refusalOf(change(event, { capacity: 1, title: { en: "New" } }))).toMatchObject({
      reason: "CAPACITY_BELOW_TAKEN",
      details: { fields: { seatsTaken: 2 } },
    });
    expect(await rowOf(event)).toEqual(before);
    expect(await change(event, { capacity: 2 })).toMatchObject({ capacity: 2, seatsTaken: 2 });
  });

  test("an event that becomes a lottery shows the hash of its seed, and is drawn at its time", async () => {
    const event = await stage.anEvent();
    const [first, second] = [inDays(0.4), inDays(0.5)];
    const lottery = await change(event, { allocation: "lottery", drawAt: first });
    expect(lottery).toMatchObject({
      drawAt: first,
      drawHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const moved = await change(event, { drawAt: second }, { version: 2 });
    expect(moved.drawHash).toBe(lottery.drawHash);
    const jobs = await stage.ctx.db.execute<{ due_at: string }>(sql`
      select due_at from outbox
      where job = 'registrations.draw-lots' and payload ->> 'eventId' = ${event.id} order by id`);
    expect(jobs.map((job) => job.due_at)).toEqual([first, second]);
    const back = { allocation: "first_come" as const, drawAt: null };
    expect(await change(event, back, { version: 3 })).toMatchObject({ drawHash: null });
  });
});
