import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent } from "#test/builders.ts";
import { explain, pagesTouched, rowsRead, vacuum } from "#test/explain.ts";
import { useStage } from "#test/stage.ts";
import { countViolations, type Walk } from "./count-violations.ts";

const stage = useStage();

async function aFullEvent(): Promise<TestEvent> {
  const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
  for (let index = 0; index < 3; index += 1) {
    const person = await stage.aMember();
    await register(stage.as(actorOf(person)), { eventId: event.id });
  }
  return event;
}

const look = async (walk?: Walk) => (await countViolations(stage.ctx, walk)).violations;
const SOUND = {
  seats_counter: 0,
  seats_over_capacity: 0,
  free_seat_beside_waiting: 0,
  offers_overdue: 0,
};

/** As if everything in it had happened this long ago. */
const restFor = (event: TestEvent, seconds: number) =>
  stage.ctx.db.execute(sql`
    update registrations set updated_at = now() - make_interval(secs => ${seconds}::int) where event_id = ${event.id}`);

describe("events/count-violations", () => {
  beforeEach(() => stage.ctx.db.execute(sql`truncate registrations, events cascade`));

  test("finds nothing where everything is counted right", async () => {
    const event = await aFullEvent();
    await restFor(event, 90);
    expect(await countViolations(stage.ctx)).toEqual({
      violations: SOUND,
      places: { taken: 1, free: 0, waiting: 2, undecided: 0 },
    });
  });

  test("finds a seat too many, a seat too few, a miscounted waitlist and a miscounted request", async () => {
    const [over, under, waiting] = [await aFullEvent(), await aFullEvent(), await aFullEvent()];
    await stage.ctx.db.execute(sql`
      update registrations set status = 'confirmed', queue_no = null where event_id = ${over.id}`);
    expect(await look()).toEqual({ ...SOUND, seats_counter: 1, seats_over_capacity: 1 });
    await stage.ctx.db.execute(sql`update events set seats_taken = 0 where id = ${under.id}`);
    await stage.ctx.db.execute(sql`update events set waitlist_length = 0 where id = ${waiting.id}`);
    expect(await look()).toEqual({ ...SOUND, seats_counter: 3, seats_over_capacity: 1 });
    const asked = await aFullEvent();
    await stage.ctx.db.execute(sql`update events set pending_count = 1 where id = ${asked.id}`);
    expect((await look()).seats_counter).toBe(4);
  });

  test("an event that is closed is looked at like the others, one that is off or over is not", async () => {
    const closed = await aFullEvent();
    await stage.ctx.db.execute(sql`
      update events set status = 'closed', waitlist_length = 0 where id = ${closed.id}`);
    expect((await look()).seats_counter).toBe(1);
    await stage.ctx.db.execute(sql`update events set status = 'cancelled' where id = ${closed.id}`);
    expect((await look()).seats_counter).toBe(0);
  });

  test("a free seat beside somebody who waits is one that stays free", async () => {
    const event = await aFullEvent();
    await stage.ctx.db.execute(sql`update events set capacity = 2 where id = ${event.id}`);
    expect(await look()).toEqual(SOUND);
    await restFor(event, 50);
    expect(await look()).toEqual(SOUND);
    await restFor(event, 70);
    expect(await look()).toEqual({ ...SOUND, free_seat_beside_waiting: 1 });
    await stage.ctx.db.execute(sql`
      update registrations set updated_at = now() where event_id = ${event.id} and number = 1`);
    expect(await look()).toEqual(SOUND);
    await restFor(event, 70);
    await stage.ctx.db.execute(sql`
      update events set starts_at = now() - interval '1 minute', registration_closes_at = now() - interval '1 minute'
      where id = ${event.id}`);
    expect(await look()).toEqual(SOUND);
  });

  test("an offer is overdue a minute after its end", async () => {
    const event = await aFullEvent();
    const offer = (endedAgo: number) =>
      stage.ctx.db.execute(sql`
        update registrations set status = 'offered', queue_no = null,
          offer_expires_at = now() - make_interval(secs => ${endedAgo}::int)
        where event_id = ${event.id} and number = 2`);
    await offer(50);
    await stage.ctx.db.execute(sql`
      update events set capacity = 2, seats_taken = 2, waitlist_length = 1 where id = ${event.id}`);
    expect(await look()).toEqual(SOUND);
    await offer(70);
    expect(await look()).toEqual({ ...SOUND, offers_overdue: 1 });
  });
});

describe("events/count-violations, its work", () => {
  const UPCOMING = 4_500;
  const [OVER, PEOPLE] = [20_000, 50];

  /** Most of them over; every one that comes has three registrations. */
  beforeAll(async () => {
    await stage.ctx.db.execute(sql`truncate registrations, events cascade`);
    await stage.ctx.db.execute(sql`
      insert into users (organization_id, email, family_name, given_name, locale, time_zone)
      select ${stage.organizationId}, 'crowd-' || i || '@example.test', 'a', 'b', 'ja', 'Asia/Tokyo'
      from generate_series(1, ${PEOPLE}) i`);
    await stage.ctx.db.execute(sql`
      insert into events (organization_id, created_by, title_ja, title_en, category_slug, status, published_at,
        starts_at, ends_at, time_zone, registration_opens_at, registration_closes_at, capacity, waitlist_mode,
        approval, seats_taken, last_number)
      select ${stage.organizationId}, ${stage.owner.id}, 'イベント', 'Event ' || i, 'seminar', 'published', now(),
        start, start + interval '1 hour', 'Asia/Tokyo', now(), start, 3, 'none', false, 3, 3
      from generate_series(-${OVER}::int, ${UPCOMING} - 1) i,
        lateral (select now() + make_interval(mins => 30 * (i / 2))) t (start)`);
    await stage.ctx.db.execute(sql`
      with people as (
        select id, row_number() over () as i from users where organization_id = ${stage.organizationId}
      )
      insert into registrations (organization_id, event_id, user_id, status, seq, number)
      select organization_id, events.id, people.id, 'confirmed', i, i
      from events join people on i <= 3 where ends_at > now()`);
    await vacuum(stage.ctx);
  });

  const wrong = (place: "first" | "last", seats: number) =>
    stage.ctx.db.execute(sql`
      update events set seats_taken = ${seats}
      where (organization_id, id) in (
        select organization_id, id from events where starts_at > now()
        order by extract(epoch from starts_at) * ${place === "first" ? 1 : -1}::int, id limit 1)`);

  test.each(["custom", "generic"] as const)(
    "a look reads a slice of what comes and nothing of what is over, by a %s plan",
    async (kind) => {
      const [plan = []] = await explain(
        stage.url,
        (db) => countViolations({ ...stage.ctx, db }),
        kind,
      );
      expect(rowsRead(plan, "events")).toBeLessThanOrEqual(2_001);
      expect(rowsRead(plan, "registrations")).toBeLessThanOrEqual(3 * 2_000);
      const counted = plan.find((node) => node["Relation Name"] === "registrations");
      expect(counted?.["Node Type"]).toBe("Index Only Scan");
      expect(counted?.["Heap Fetches"]).toBeLessThan(700);
      expect(pagesTouched(plan)).toBeLessThanOrEqual(15_000);
    },
  );

  test("a walk comes to every event, shows what it has found, and forgets what was mended", async () => {
    const walk: Walk = {};
    const round = async () =>
      [await look(walk), await look(walk), await look(walk)].map((found) => found.seats_counter);
    await wrong("last", 2);
    expect(await round()).toEqual([0, 0, 1]);
    expect(await round()).toEqual([1, 1, 1]);
    await wrong("first", 2);
    expect(await round()).toEqual([1, 1, 2]);
    await wrong("first", 3);
    await wrong("last", 3);
    expect(await round()).toEqual([2, 2, 0]);
    expect((await look(walk)).seats_counter).toBe(0);
  });

  test("places are told of once a whole round is known, and all of them", async () => {
    const walk: Walk = {};
    const round = [];
    do {
      round.push((await countViolations(stage.ctx, walk)).places);
    } while (walk.after);
    expect(round.slice(0, -1)).toEqual([undefined, undefined]);
    const [all] = await stage.ctx.db.execute<{ taken: number }>(sql`
      select sum(seats_taken)::int as taken from events where ends_at > now()`);
    expect(round.at(-1)).toEqual({ taken: all?.taken, free: 0, waiting: 0, undecided: 0 });
    expect((await countViolations(stage.ctx, walk)).places).toEqual(round.at(-1));
  });

  test("an event of very many registrations is a slice of its own", async () => {
    await stage.ctx.db.execute(sql`
      update events set last_number = 100000 where starts_at between now() + interval '1 day' and now() + interval '61 minutes' + interval '1 day'`);
    const walk: Walk = {};
    let looks = 0;
    do {
      await countViolations(stage.ctx, walk);
      looks += 1;
    } while (walk.after);
    expect(looks).toBeGreaterThan(4);
  });
});
