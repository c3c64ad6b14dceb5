import { ListMineInput } from "@tsudoi/shared/registrations.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod/mini";
import { writeCursor } from "#core/db/cursor.ts";
import { runInCall } from "#core/platform/call.ts";
import { actorOf, createTestBed, type TestBed } from "#test/bed.ts";
import { anEvent, anOrganization, aUser, type TestUser } from "#test/builders.ts";
import { explain, pagesTouched, rowsRead, vacuum } from "#test/explain.ts";
import { reasonOf } from "#test/refusals.ts";
import { getRegistration, listMine } from "./queries.ts";
import { register } from "./register.ts";

let bed: TestBed;
let organizationId: string;
let owner: TestUser;
beforeAll(async () => {
  bed = await createTestBed();
  organizationId = await anOrganization(bed.ctx);
  owner = await aUser(bed.ctx, { organizationId, role: "organizer" });
});
afterAll(() => bed[Symbol.asyncDispose]());

const aMember = () => aUser(bed.ctx, { organizationId });
const at = (offset: number) => new Date(Date.now() + offset);

async function joins(
  person: TestUser,
  overrides: Parameters<typeof anEvent>[2] = {},
): Promise<string> {
  const event = await anEvent(bed.ctx, owner, overrides);
  return (await register(bed.as(actorOf(person)), { eventId: event.id })).registration.id;
}

type Asked = z.input<typeof ListMineInput>;
const list = (person: TestUser, input: Asked = {}) =>
  listMine(bed.as(actorOf(person)), ListMineInput.parse(input));

async function allPages(
  person: TestUser,
  input: Asked,
  between = async () => {},
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await list(person, { ...input, ...(cursor === undefined ? {} : { cursor }) });
    ids.push(...page.items.map((item) => item.id));
    if (page.nextCursor === null) return ids;
    cursor = page.nextCursor;
    await between();
  }
}

/** A registration of an event that has been: nobody can make one any more. */
async function attended(person: TestUser, startsAt: Date): Promise<string> {
  const event = await anEvent(bed.ctx, owner, {
    startsAt,
    endsAt: new Date(startsAt.getTime() + HOUR),
  });
  const [row] = await bed.ctx.db.execute<{ id: string }>(sql`
    insert into registrations (organization_id, event_id, user_id, status, seq, number)
    values (${organizationId}, ${event.id}, ${person.id}, 'confirmed', 1, 1) returning id`);
  return row?.id ?? "";
}

describe("registrations.get", () => {
  test("does the thing", async () => {
    const person = await aMember();
    const id = await joins(person, { onlineUrl: "https://meet.example.test/secret" });
    const mine = await getRegistration(bed.as(actorOf(person)), { registrationId: id });
    expect(mine).toMatchObject({
      id,
      status: "confirmed",
      number: "0001",
      event: { myStatus: "confirmed", online: true },
    });
    expect(new Date(mine.registeredAt).getTime()).toBeLessThanOrEqual(Date.now());
    expect(JSON.stringify(mine)).not.toContain("secret");
    expect(mine).not.toHaveProperty("position");
  });

  test("knows the place in the queue", async () => {
    const event = await anEvent(bed.ctx, owner, { capacity: 1, waitlistMode: "automatic" });
    const positions: (number | undefined)[] = [];
    const people = [await aMember(), await aMember(), await aMember()];
    for (const person of people) {
      const { registration } = await register(bed.as(actorOf(person)), { eventId: event.id });
      const mine = await getRegistration(bed.as(actorOf(person)), {
        registrationId: registration.id,
      });
      expect(mine.position).toBe(registration.position);
      positions.push(mine.position);
    }
    expect(positions).toEqual([undefined, 1, 2]);
  });

  test("rejects a stranger", async () => {
    const id = await joins(await aMember());
    const admin = await aUser(bed.ctx, { organizationId, role: "admin" });
    const elsewhere = await aUser(bed.ctx, {
      organizationId: await anOrganization(bed.ctx),
      role: "admin",
    });
    for (const other of [await aMember(), owner, admin, elsewhere]) {
      expect(await reasonOf(getRegistration(bed.as(actorOf(other)), { registrationId: id }))).toBe(
        "NOT_FOUND",
      );
    }
    const nobody = bed.as({ kind: "anonymous" });
    expect(await reasonOf(getRegistration(nobody, { registrationId: id }))).toBe("NOT_SIGNED_IN");
  });
});

describe("registrations.listMine", () => {
  test("does the thing", async () => {
    const person = await aMember();
    const [later, sooner] = [
      await joins(person, { startsAt: at(2 * DAY) }),
      await joins(person, { startsAt: at(DAY) }),
    ];
    const running = await joins(person, { startsAt: at(-HOUR), registrationClosesAt: at(HOUR) });
    const [longAgo, yesterday] = [
      await attended(person, at(-9 * DAY)),
      await attended(person, at(-DAY)),
    ];
    await joins(await aMember());
    expect((await list(person)).items.map((item) => item.id)).toEqual([running, sooner, later]);
    expect((await list(person, { when: "past" })).items.map((item) => item.id)).toEqual([
      yesterday,
      longAgo,
    ]);
  });

  test("tells what became of each, cancelled ones too", async () => {
    const person = await aMember();
    const id = await joins(person);
    await bed.ctx.db.execute(sql`update registrations set status = 'cancelled' where id = ${id}`);
    expect((await list(person)).items).toMatchObject([{ id, status: "cancelled" }]);
  });

  test("rejects a stranger", async () => {
    const input = ListMineInput.parse({});
    expect(await reasonOf(listMine(bed.as({ kind: "anonymous" }), input))).toBe("NOT_SIGNED_IN");
    const person = await aMember();
    await joins(person);
    const elsewhere = { ...person, organizationId: await anOrganization(bed.ctx) };
    expect((await list(elsewhere)).items).toEqual([]);
  });

  test.each(["upcoming", "past"] as const)(
    "%s: every one once, page after page, while others are added",
    async (when) => {
      const person = await aMember();
      const ids: string[] = [];
      for (const days of [1, 2, 2, 2, 2, 3, 4]) {
        const startsAt = at(when === "past" ? -days * DAY : days * DAY);
        startsAt.setUTCMinutes(0, 0, 0);
        ids.push(
          when === "past" ? await attended(person, startsAt) : await joins(person, { startsAt }),
        );
      }
      for (const limit of [1, 2, 3, 100]) {
        const seen = await allPages(person, { when, limit });
        expect(seen.toSorted()).toEqual(ids.toSorted());
      }
      const seen = await allPages(person, { when, limit: 2 }, async () => {
        await (when === "past"
          ? attended(person, at(-2.5 * DAY))
          : joins(person, { startsAt: at(2.5 * DAY) }));
      });
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => ids.includes(id)).toSorted()).toEqual(ids.toSorted());
    },
  );

  test("a cursor of another list is refused", async () => {
    const person = await aMember();
    for (const cursor of ["!!!", writeCursor(["seminar"]), writeCursor([8.64e15, "x"])]) {
      expect(await reasonOf(list(person, { cursor }))).toBe("VALIDATION");
    }
  });

  test("is one statement, however many and wherever in the queue", async () => {
    const person = await aMember();
    const full = { capacity: 1, seatsTaken: 1, waitlistMode: "automatic" as const };
    for (let index = 0; index < 5; index += 1) await joins(person, full);
    for (const limit of [1, 5]) {
      const call = { name: "registrations.listMine", requestId: "request", queries: 0 };
      const { items } = await runInCall(call, () => list(person, { limit }));
      expect(items.map((item) => item.position)).toEqual(Array(limit).fill(1));
      expect(call.queries).toBe(1);
    }
  });

  test("reads no more than the person's own rows among very many", async () => {
    const person = await aMember();
    await joins(person);
    await bed.ctx.db.execute(sql`
      with people as (
        insert into users (organization_id, email, family_name, given_name, locale, time_zone)
        select ${organizationId}, 'crowd-' || i || '@example.test', 'a', 'b', 'ja', 'Asia/Tokyo'
        from generate_series(1, 5000) i returning id
      ), shows as (select id from events where organization_id = ${organizationId} limit 8)
      insert into registrations (organization_id, event_id, user_id, status, seq, number)
      select ${organizationId}, shows.id, people.id, 'confirmed', 1, 1 from people, shows`);
    await vacuum(bed.ctx);
    for (const kind of ["custom", "generic"] as const) {
      const [plan = []] = await explain(
        bed.url,
        (db) => listMine({ ...bed.as(actorOf(person)), db }, ListMineInput.parse({})),
        kind,
      );
      expect(rowsRead(plan, "registrations")).toBeLessThanOrEqual(10);
      expect(pagesTouched(plan)).toBeLessThanOrEqual(50);
    }
  });

  test("the place in a queue of 10,000 is counted in its index alone", async () => {
    const person = await aMember();
    const event = await anEvent(bed.ctx, owner, { capacity: 1, waitlistMode: "automatic" });
    await bed.ctx.db.execute(sql`
      with people as (
        insert into users (organization_id, email, family_name, given_name, locale, time_zone)
        select ${organizationId}, 'queue-' || i || '@example.test', 'a', 'b', 'ja', 'Asia/Tokyo'
        from generate_series(1, 20000) i returning id
      ), numbered as (select id, row_number() over () as i from people)
      insert into registrations (organization_id, event_id, user_id, status, seq, number, queue_no)
      select ${organizationId}, ${event.id}, id,
        case when i <= 10000 then 'confirmed' else 'waitlisted' end, i, i, case when i > 10000 then i end
      from numbered`);
    await bed.ctx.db.execute(sql`
      insert into registrations (organization_id, event_id, user_id, status, seq, number, queue_no)
      values (${organizationId}, ${event.id}, ${person.id}, 'waitlisted', 20001, 20001, 20001)`);
    await vacuum(bed.ctx);
    expect((await list(person)).items[0]?.position).toBe(10_001);
    for (const kind of ["custom", "generic"] as const) {
      const [plan = []] = await explain(
        bed.url,
        (db) => listMine({ ...bed.as(actorOf(person)), db }, ListMineInput.parse({})),
        kind,
      );
      const queue = plan.find((node) => node["Index Name"] === "registrations_queue");
      expect(queue?.["Node Type"]).toBe("Index Only Scan");
      expect(queue?.["Heap Fetches"]).toBeLessThan(1_100);
      expect(pagesTouched(plan)).toBeLessThanOrEqual(200);
    }
  });
});
