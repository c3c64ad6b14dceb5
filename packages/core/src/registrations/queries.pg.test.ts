import { ListMineInput } from "@tsudoi/shared/registrations.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { z } from "zod/mini";
import { writeCursor } from "#core/db/cursor.ts";
import { runInCall } from "#core/platform/call.ts";
import { actorOf } from "#test/bed.ts";
import { type anEvent, anOrganization, aUser, type TestUser } from "#test/builders.ts";
import { explain, pagesTouched, rowsRead, vacuum } from "#test/explain.ts";
import { everyId } from "#test/pages.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { getRegistration, listMine } from "./queries.ts";
import { register } from "./register.ts";

const stage = useStage();

const at = (offset: number) => new Date(Date.now() + offset);

async function joins(
  person: TestUser,
  overrides: Parameters<typeof anEvent>[2] = {},
): Promise<string> {
  const event = await stage.anEvent(overrides);
  return (await register(stage.as(actorOf(person)), { eventId: event.id })).registration.id;
}

type Asked = z.input<typeof ListMineInput>;
const list = (person: TestUser, input: Asked = {}) =>
  listMine(stage.as(actorOf(person)), ListMineInput.parse(input));

function allPages(person: TestUser, input: Asked, between?: () => Promise<void>) {
  return everyId((from) => list(person, { ...input, ...from }), between);
}

/** A registration of an event that has been: nobody can make one any more. */
async function attended(person: TestUser, startsAt: Date): Promise<string> {
  const event = await stage.anEvent({
    startsAt,
    endsAt: new Date(startsAt.getTime() + HOUR),
  });
  const [row] = await stage.ctx.db.execute<{ id: string }>(sql`
    insert into registrations (organization_id, event_id, user_id, status, seq, number)
    values (${stage.organizationId}, ${event.id}, ${person.id}, 'confirmed', 1, 1) returning id`);
  return row?.id ?? "";
}

describe("registrations.get", () => {
  test("does the thing", async () => {
    const person = await stage.aMember();
    const id = await joins(person, { onlineUrl: "https://meet.example.test/secret" });
    const mine = await getRegistration(stage.as(actorOf(person)), { registrationId: id });
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
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    const positions: (number | undefined)[] = [];
    const people = [await stage.aMember(), await stage.aMember(), await stage.aMember()];
    for (const person of people) {
      const { registration } = await register(stage.as(actorOf(person)), { eventId: event.id });
      const mine = await getRegistration(stage.as(actorOf(person)), {
        registrationId: registration.id,
      });
      expect(mine.position).toBe(registration.position);
      positions.push(mine.position);
    }
    expect(positions).toEqual([undefined, 1, 2]);
  });

  test("rejects a stranger", async () => {
    const id = await joins(await stage.aMember());
    const admin = await stage.aMember({ role: "admin" });
    const elsewhere = await aUser(stage.ctx, {
      organizationId: await anOrganization(stage.ctx),
      role: "admin",
    });
    for (const other of [await stage.aMember(), stage.owner, admin, elsewhere]) {
      expect(
        await reasonOf(getRegistration(stage.as(actorOf(other)), { registrationId: id })),
      ).toBe("NOT_FOUND");
    }
    const nobody = stage.as({ kind: "anonymous" });
    expect(await reasonOf(getRegistration(nobody, { registrationId: id }))).toBe("NOT_SIGNED_IN");
  });
});

describe("registrations.listMine", () => {
  test("does the thing", async () => {
    const person = await stage.aMember();
    const [later, sooner] = [
      await joins(person, { startsAt: at(2 * DAY) }),
      await joins(person, { startsAt: at(DAY) }),
    ];
    const running = await joins(person, { startsAt: at(-HOUR), registrationClosesAt: at(HOUR) });
    const [longAgo, yesterday] = [
      await attended(person, at(-9 * DAY)),
      await attended(person, at(-DAY)),
    ];
    await joins(await stage.aMember());
    expect((await list(person)).items.map((item) => item.id)).toEqual([running, sooner, later]);
    expect((await list(person, { when: "past" })).items.map((item) => item.id)).toEqual([
      yesterday,
      longAgo,
    ]);
  });

  test("tells what became of each, cancelled ones too", async () => {
    const person = await stage.aMember();
    const id = await joins(person);
    await stage.ctx.db.execute(sql`update registrations set status = 'cancelled' where id = ${id}`);
    expect((await list(person)).items).toMatchObject([{ id, status: "cancelled" }]);
  });

  test("rejects a stranger", async () => {
    const input = ListMineInput.parse({});
    expect(await reasonOf(listMine(stage.as({ kind: "anonymous" }), input))).toBe("NOT_SIGNED_IN");
    const person = await stage.aMember();
    await joins(person);
    const elsewhere = { ...person, organizationId: await anOrganization(stage.ctx) };
    expect((await list(elsewhere)).items).toEqual([]);
  });

  test.each(["upcoming", "past"] as const)(
    "%s: every one once, page after page, while others are added",
    async (when) => {
      const person = await stage.aMember();
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
    const person = await stage.aMember();
    for (const cursor of ["!!!", writeCursor(["seminar"]), writeCursor([8.64e15, "x"])]) {
      expect(await reasonOf(list(person, { cursor }))).toBe("VALIDATION");
    }
  });

  test("is one statement, however many and wherever in the queue", async () => {
    const person = await stage.aMember();
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
    const person = await stage.aMember();
    await joins(person);
    await stage.ctx.db.execute(sql`
      with people as (
        insert into users (organization_id, email, family_name, given_name, locale, time_zone)
        select ${stage.organizationId}, 'crowd-' || i || '@example.test', 'a', 'b', 'ja', 'Asia/Tokyo'
        from generate_series(1, 5000) i returning id
      ), shows as (select id from events where organization_id = ${stage.organizationId} limit 8)
      insert into registrations (organization_id, event_id, user_id, status, seq, number)
      select ${stage.organizationId}, shows.id, people.id, 'confirmed', 1, 1 from people, shows`);
    await vacuum(stage.ctx);
    for (const kind of ["custom", "generic"] as const) {
      const [plan = []] = await explain(
        stage.url,
        (db) => listMine({ ...stage.as(actorOf(person)), db }, ListMineInput.parse({})),
        kind,
      );
      expect(rowsRead(plan, "registrations")).toBeLessThanOrEqual(10);
      expect(pagesTouched(plan)).toBeLessThanOrEqual(50);
    }
  });

  test("the place in a queue of 10,000 is counted in its index alone", async () => {
    const person = await stage.aMember();
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    await stage.ctx.db.execute(sql`
      with people as (
        insert into users (organization_id, email, family_name, given_name, locale, time_zone)
        select ${stage.organizationId}, 'queue-' || i || '@example.test', 'a', 'b', 'ja', 'Asia/Tokyo'
        from generate_series(1, 20000) i returning id
      ), numbered as (select id, row_number() over () as i from people)
      insert into registrations (organization_id, event_id, user_id, status, seq, number, queue_no)
      select ${stage.organizationId}, ${event.id}, id,
        case when i <= 10000 then 'confirmed' else 'waitlisted' end, i, i, case when i > 10000 then i end
      from numbered`);
    await stage.ctx.db.execute(sql`
      insert into registrations (organization_id, event_id, user_id, status, seq, number, queue_no)
      values (${stage.organizationId}, ${event.id}, ${person.id}, 'waitlisted', 20001, 20001, 20001)`);
    await vacuum(stage.ctx);
    expect((await list(person)).items[0]?.position).toBe(10_001);
    for (const kind of ["custom", "generic"] as const) {
      const [plan = []] = await explain(
        stage.url,
        (db) => listMine({ ...stage.as(actorOf(person)), db }, ListMineInput.parse({})),
        kind,
      );
      const queue = plan.find((node) => node["Index Name"] === "registrations_queue");
      expect(queue?.["Node Type"]).toBe("Index Only Scan");
      expect(queue?.["Heap Fetches"]).toBeLessThan(1_100);
      expect(pagesTouched(plan)).toBeLessThanOrEqual(200);
    }
  });
});
