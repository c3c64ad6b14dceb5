import type { ListForEventInput } from "@tsudoi/shared/registration-lists.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { departments } from "#core/db/schema/departments.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { actorOf } from "#test/bed.ts";
import { explain, rowsRead, vacuum } from "#test/explain.ts";
import { reasonOf } from "#test/refusals.ts";
import { someGuests } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { cancel } from "./cancel.ts";
import { countForEvent } from "./count-for-event.ts";
import { listForEvent } from "./list-for-event.ts";
import { move } from "./move.ts";
import { register } from "./register.ts";
import { selectPeople } from "./select-people.ts";

const stage = useStage();

function list(eventId: string, input: Partial<ListForEventInput> = {}) {
  return listForEvent(stage.as(actorOf(stage.owner)), {
    eventId,
    limit: 20,
    order: "number",
    ...input,
  });
}

/** A department and people in it whose names are all one's own. */
async function aCrowdOf(eventId: string, count: number): Promise<void> {
  await stage.ctx.db.execute(sql`
    with people as (
      insert into users (organization_id, email, family_name, given_name, family_kana, given_kana, locale, time_zone)
      select ${stage.organizationId}, 'many-' || i || '-' || ${eventId} || '@example.test', '山田', '太郎' || i,
        'ヤマダ', 'タロウ', 'ja', 'Asia/Tokyo'
      from generate_series(1, ${count}) i
      returning id
    ), numbered as (select id, row_number() over () as i from people)
    insert into registrations (organization_id, event_id, user_id, status, seq, number, queue_no)
    select ${stage.organizationId}, ${eventId}, id, case when i <= 100 then 'confirmed' else 'waitlisted' end,
      i, i, case when i > 100 then i end
    from numbered`);
}

describe("registrations.listForEvent", () => {
  test("does the thing", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    const guests = await someGuests(stage, event, 3);
    const { items, nextCursor } = await list(event.id);
    expect(nextCursor).toBeNull();
    expect(items.map(({ number, status, position }) => [number, status, position])).toEqual([
      ["0001", "confirmed", undefined],
      ["0002", "waitlisted", 1],
      ["0003", "waitlisted", 2],
    ]);
    expect(items[0]).toMatchObject({
      id: guests[0]!.registrationId,
      person: { id: guests[0]!.person.id, email: guests[0]!.person.email },
      department: null,
      answers: {},
    });
    expect(await countForEvent(stage.as(actorOf(stage.owner)), { eventId: event.id })).toEqual({
      pending: 0,
      confirmed: 1,
      waitlisted: 2,
      offered: 0,
      cancelled: 0,
      rejected: 0,
      declined: 0,
      expired: 0,
    });
  });

  test("those who hold or await a place, those who no longer do, and all of them", async () => {
    const event = await stage.anEvent({ capacity: 2, waitlistMode: "automatic" });
    const [first, second] = await someGuests(stage, event, 4);
    await cancel(first!.ctx, { registrationId: first!.registrationId });
    await cancel(second!.ctx, { registrationId: second!.registrationId });
    const numbers = async (status?: "live" | "ended") =>
      (await list(event.id, { status })).items.map(({ number }) => number);
    expect(await numbers("live")).toEqual(["0003", "0004"]);
    expect(await numbers("ended")).toEqual(["0001", "0002"]);
    expect(await numbers()).toHaveLength(4);
  });

  test("the queue in its own order, however it was changed", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    const [, , third, last] = await someGuests(stage, event, 4);
    await move(stage.as(actorOf(stage.owner)), {
      registrationId: last!.registrationId,
      to: "first",
    });
    const { items } = await list(event.id, { order: "queue" });
    expect(items.map(({ number, position }) => [number, position])).toEqual([
      ["0004", 1],
      ["0002", 2],
      ["0003", 3],
    ]);
    const narrowed = await list(event.id, { order: "queue", text: third!.person.email });
    expect(narrowed.items.map(({ position }) => position)).toEqual([3]);
  });

  test.each(["number", "queue"] as const)(
    "by %s: every one once, page after page",
    async (order) => {
      const event = await stage.anEvent({ capacity: 100, waitlistMode: "automatic" });
      await aCrowdOf(event.id, 230);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list(event.id, { order, cursor, limit: 50 });
        seen.push(...page.items.map((item) => item.number));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toHaveLength(order === "queue" ? 130 : 230);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(seen.toSorted());
    },
  );

  test.each([
    ["a name", "山田太郎7"],
    ["both names", "山田 太郎7"],
    ["half-width kana", "ﾔﾏﾀﾞ 0007"],
    ["hiragana for katakana", "やまだたろう 0007"],
    ["a receipt number", "0007"],
    ["an address", "MANY-7-"],
  ])("finds %s", async (_, text) => {
    const event = await stage.anEvent({ capacity: 10 });
    await aCrowdOf(event.id, 9);
    const { items } = await list(event.id, { text });
    expect(items.map(({ number }) => number)).toEqual(["0007"]);
  });

  test("finds a receipt number of five figures", async () => {
    const event = await stage.anEvent({ capacity: 10 });
    await aCrowdOf(event.id, 3);
    await stage.ctx.db.execute(sql`
      update registrations set number = number + 12344 where event_id = ${event.id}`);
    const { items } = await list(event.id, { text: "12346" });
    expect(items.map(({ number }) => number)).toEqual(["12346"]);
  });

  test("finds who is in a department, or in one below it", async () => {
    const event = await stage.anEvent({ capacity: 10 });
    const made = new Map<string, string>();
    for (const [code, above] of [["sales"], ["east", "sales"], ["tokyo", "east"], ["dev"]]) {
      const parentId = above === undefined ? null : (made.get(above) ?? null);
      const [row] = await stage.ctx.db
        .insert(departments)
        .values({
          organizationId: stage.organizationId,
          code: code!,
          nameJa: code!,
          nameEn: code!,
          parentId,
        })
        .returning({ id: departments.id });
      made.set(code!, row!.id);
      const person = await stage.aMember({ departmentId: row!.id });
      await register(stage.as(actorOf(person)), { eventId: event.id });
    }
    const numbers = async (code: string) => {
      const { items } = await list(event.id, { departmentId: made.get(code) });
      return items.map(({ number }) => number);
    };
    expect(await numbers("sales")).toEqual(["0001", "0002", "0003"]);
    expect(await numbers("east")).toEqual(["0002", "0003"]);
    expect(await numbers("dev")).toEqual(["0004"]);
  });

  test("rejects a stranger, and who stands at the door", async () => {
    const event = await stage.anEvent();
    const door = await stage.aMember();
    await stage.ctx.db.insert(eventOrganizers).values({
      organizationId: stage.organizationId,
      eventId: event.id,
      userId: door.id,
      role: "checkin",
    });
    const input = { eventId: event.id, limit: 20, order: "number" as const };
    const ask = (user: Parameters<typeof actorOf>[0]) =>
      reasonOf(listForEvent(stage.as(actorOf(user)), input));
    expect(await ask(await stage.aMember({ role: "organizer" }))).toBe("NOT_FOUND");
    expect(await ask(door)).toBe("FORBIDDEN");
    expect(await ask(await stage.aMember({ role: "admin" }))).toBe("no refusal");
    const counting = countForEvent(stage.as(actorOf(door)), { eventId: event.id });
    expect(await reasonOf(counting)).toBe("FORBIDDEN");
  });

  test("reads one event's people among very many, and only what a page needs of the persons", async () => {
    const event = await stage.anEvent({ capacity: 10_000 });
    const other = await stage.anEvent({ capacity: 10_000 });
    await aCrowdOf(event.id, 5_000);
    await aCrowdOf(other.id, 5_000);
    await vacuum(stage.ctx);
    const key = { organizationId: stage.organizationId, eventId: event.id };
    const plans = await explain(stage.url, (db) =>
      selectPeople({ ...stage.ctx, db }, key, { eventId: event.id, limit: 20, order: "number" }),
    );
    const plan = plans.flat();
    expect(rowsRead(plan, "users")).toBeLessThanOrEqual(25);
    expect(rowsRead(plan, "registrations")).toBeLessThanOrEqual(5_000 + 25);
  });
});
