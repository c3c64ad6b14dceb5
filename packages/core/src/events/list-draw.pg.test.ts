import { createHmac, randomBytes } from "node:crypto";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { cancel } from "#core/registrations/cancel.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser } from "#test/builders.ts";
import { explain, rowsRead, vacuum } from "#test/explain.ts";
import { reasonOf } from "#test/refusals.ts";
import { someGuests } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { draw } from "./draw.ts";
import { getEvent } from "./get-event.ts";
import { listDraw } from "./list-draw.ts";
import { selectLots } from "./select-lots.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const drawAt = new Date(Date.now() + HOUR);

async function aLottery(overrides: Parameters<typeof stage.anEvent>[0] = {}) {
  const drawSeed = randomBytes(32).toString("hex");
  const event = await stage.anEvent({
    startsAt: new Date(Date.now() + DAY),
    capacity: 2,
    waitlistMode: "automatic",
    allocation: "lottery",
    drawAt,
    drawSeed,
    ...overrides,
  });
  return { event, seed: drawSeed };
}

async function hold(event: { id: string }): Promise<void> {
  stage.setNow(drawAt);
  await draw(stage.as(actorOf(stage.owner)), { eventId: event.id });
}

describe("events.listDraw", () => {
  test("does the thing", async () => {
    const { event, seed } = await aLottery();
    const guests = await someGuests(stage, event, 5);
    const reader = stage.as(actorOf(await stage.aMember()));
    const input = { eventId: event.id, limit: 20 };
    expect(await listDraw(reader, input)).toEqual({ items: [], nextCursor: null });
    expect(await getEvent(reader, input)).toMatchObject({ entrants: 5, drawSeed: null });
    await hold(event);
    const lot = (id: string) =>
      createHmac("sha256", Buffer.from(seed, "hex")).update(id).digest("hex");
    const order = guests
      .map(({ registrationId }) => registrationId)
      .toSorted((one, other) => (lot(one) < lot(other) ? -1 : 1));
    const { items } = await listDraw(reader, input);
    expect(items).toEqual(
      order.map((registrationId, place) => ({
        registrationId,
        rank: place + 1,
        status: place < 2 ? "confirmed" : "waitlisted",
      })),
    );
    expect(await getEvent(reader, input)).toMatchObject({ entrants: 5, drawSeed: seed });
  });

  test("page after page, each lot once; who left keeps the rank that was drawn", async () => {
    const { event } = await aLottery({ capacity: 3 });
    const guests = await someGuests(stage, event, 7);
    await hold(event);
    const reader = stage.as(actorOf(await stage.aMember()));
    const [gone] = guests;
    await cancel(gone!.ctx, { registrationId: gone!.registrationId });
    const ranks: number[] = [];
    const statuses = new Map<string, string>();
    let cursor: string | undefined;
    do {
      const page = await listDraw(reader, { eventId: event.id, limit: 3, cursor });
      ranks.push(...page.items.map((item) => item.rank));
      for (const item of page.items) statuses.set(item.registrationId, item.status);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(ranks).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(statuses.get(gone!.registrationId)).toBe("cancelled");
  });

  test("who comes after the draw has no lot", async () => {
    const { event } = await aLottery();
    await someGuests(stage, event, 1);
    await hold(event);
    await someGuests(stage, event, 1);
    const { items } = await listDraw(stage.as(actorOf(stage.owner)), {
      eventId: event.id,
      limit: 20,
    });
    expect(items.map(({ rank }) => rank)).toEqual([1]);
  });

  test("rejects a stranger, a draft's reader and a made-up cursor", async () => {
    const { event } = await aLottery();
    const draft = await stage.anEvent({ status: "draft", publishedAt: null });
    const elsewhere = await aUser(stage.ctx, {
      organizationId: await anOrganization(stage.ctx),
      role: "admin",
    });
    const ask = (user: Parameters<typeof actorOf>[0], eventId: string, cursor?: string) =>
      reasonOf(listDraw(stage.as(actorOf(user)), { eventId, limit: 20, cursor }));
    const member = await stage.aMember();
    expect(await ask(elsewhere, event.id)).toBe("NOT_FOUND");
    expect(await ask(member, draft.id)).toBe("NOT_FOUND");
    expect(await ask(stage.owner, draft.id)).toBe("no refusal");
    expect(await ask(member, event.id, "nonsense")).toBe("VALIDATION");
    const anonymous = stage.as({ kind: "anonymous" });
    expect(await reasonOf(listDraw(anonymous, { eventId: event.id, limit: 20 }))).toBe(
      "NOT_SIGNED_IN",
    );
  });

  test("a page of a large draw reads no more than itself", async () => {
    const { event } = await aLottery({ capacity: 100, drawnAt: drawAt });
    await stage.ctx.db.execute(sql`
      with people as (
        insert into users (organization_id, email, family_name, given_name, locale, time_zone)
        select ${stage.organizationId}, 'lot-' || i || '@example.test', '山田', i::text, 'ja', 'Asia/Tokyo'
        from generate_series(1, 3000) i
        returning id
      ), numbered as (select id, row_number() over () as i from people)
      insert into registrations (organization_id, event_id, user_id, status, seq, number, draw_rank)
      select ${stage.organizationId}, ${event.id}, id, 'confirmed', i, i, i from numbered`);
    await vacuum(stage.ctx);
    const key = { organizationId: stage.organizationId, eventId: event.id };
    for (const kind of ["custom", "generic"] as const) {
      const plans = await explain(
        stage.url,
        (db) => selectLots({ ...stage.ctx, db }, key, { after: 1_000, limit: 21 }),
        kind,
      );
      expect(rowsRead(plans.flat(), "registrations")).toBe(21);
    }
  });
});
