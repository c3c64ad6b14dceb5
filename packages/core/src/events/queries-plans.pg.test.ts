import { ListEventsInput, MAX_EVENT_DAYS } from "@tsudoi/shared/events.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { writeCursor } from "#core/db/cursor.ts";
import { runInCall } from "#core/platform/call.ts";
import { actorOf } from "#test/bed.ts";
import { someUsers, type TestUser } from "#test/builders.ts";
import { type Asked, at, type Company, useEventLists } from "#test/event-lists.ts";
import { explain, pagesTouched, rowsRead, vacuum } from "#test/explain.ts";
import { listEvents } from "./queries.ts";

const { bed, list, aCompany } = useEventLists();

describe("events.list, its work", () => {
  /** Hours, with an event each: two years that are over, and what comes. */
  const [OVER, COMING] = [17_500, 2_500];
  const EVENTS = OVER + COMING;
  const OWN = 200;
  const SERIES = "01890000-0000-7000-8000-000000000001";
  let big: Company;

  beforeAll(async () => {
    big = await aCompany();
    // Searches have a test of their own.
    await bed.ctx.db.execute(sql`alter table events disable trigger event_texts_insert`);
    const others = [await aCompany(), await aCompany(), await aCompany(), await aCompany()];
    await fill(big.owner, OVER);
    for (const { owner } of others) await fill(owner, COMING);
    await bed.ctx.db.execute(sql`
      insert into event_organizers (organization_id, event_id, user_id, role)
      select organization_id, id, created_by, 'owner' from events
      where organization_id = ${big.organizationId} order by id limit 50`);
    await bed.ctx.db.execute(sql`
      insert into registrations (organization_id, event_id, user_id, status, seq, number)
      select organization_id, id, ${big.member.id}, 'confirmed', 1, 1 from events
      where organization_id = ${big.organizationId} order by id limit ${OWN}`);
    // Without it the checks of foreign keys go by plans made for empty tables.
    await aSeries();
    await bed.ctx.db.execute(sql`analyze`);
    const people = await someUsers(bed.ctx, 10, { organizationId: big.organizationId });
    await bed.ctx.db.execute(sql`
      insert into registrations (organization_id, event_id, user_id, status, seq, number)
      select organization_id, id, person, 'confirmed', 1, 1
      from events, unnest(${sql.param(people.map(({ id }) => id))}::uuid[]) as person
      where organization_id = ${big.organizationId} and ends_at > now()`);
    await vacuum(bed.ctx);
  });

  async function aSeries(): Promise<void> {
    const { organizationId, owner } = big;
    await bed.ctx.db.execute(sql`
      insert into event_series (organization_id, id, rrule, time_zone, created_by)
      values (${organizationId}, ${SERIES}, 'FREQ=WEEKLY;COUNT=100', 'Asia/Tokyo', ${owner.id})`);
    await bed.ctx.db.execute(sql`
      update events set series_id = ${SERIES} where organization_id = ${organizationId} and id in (
        select id from events where organization_id = ${organizationId} order by starts_at desc limit 100)`);
  }

  /** Every hour one, in all categories and states; some last for days. */
  function fill(owner: TestUser, over: number) {
    return bed.ctx.db.execute(sql`
      insert into events (organization_id, created_by, title_ja, title_en, category_slug, status, published_at,
        starts_at, ends_at, time_zone, registration_opens_at, registration_closes_at, capacity, waitlist_mode, approval)
      select ${owner.organizationId}, ${owner.id}, 'イベント ' || i, 'Event ' || i,
        (array['seminar', 'training', 'social', 'health'])[1 + i % 4],
        (array['published', 'published', 'published', 'closed', 'draft', 'cancelled'])[1 + i % 6],
        case when i % 6 <> 4 then now() end, start,
        start + case when i % 60 = 0 then interval '9 days' else interval '90 minutes' end, 'Asia/Tokyo', now(), start,
        100, 'none', false
      from generate_series(1, ${over + COMING}::int) i,
        lateral (select now() + make_interval(hours => i - ${over}::int)) t (start)`);
  }

  test("is one statement, whatever the page", async () => {
    for (const input of [
      { limit: 1 },
      { limit: 20 },
      { limit: 100 },
      { limit: 100, scope: "organizing" as const },
    ]) {
      const call = { name: "events.list", requestId: "request", queries: 0 };
      const page = await runInCall(call, () => list(big.admin, input));
      expect({ items: page.items.length, queries: call.queries }).toEqual({
        items: input.limit,
        queries: 1,
      });
    }
  });

  const deep = writeCursor([Date.now() + 50 * DAY, "01890000-0000-7000-8000-000000000000"]);
  const soon = { from: at(90 * DAY).toISOString(), to: at(91 * DAY).toISOString() };
  /** The most rows that may be read for a page: a page and one; all that is open. */
  const [PAGE, OPEN] = [21, COMING / 2 + 10];
  /** What may still run began within a month: an event every hour, and the page. */
  const MONTH = MAX_EVENT_DAYS * 24 + PAGE;

  test.each<[string, "member" | "owner" | "admin", Asked, number]>([
    ["what is open", "member", {}, PAGE],
    ["what is open, deep down", "member", { cursor: deep }, PAGE],
    ["one category", "member", { category: "training" }, PAGE],
    ["one day", "member", soon, 24],
    ["what was cancelled", "member", { status: "cancelled" }, PAGE],
    ["one's own", "member", { scope: "mine" }, EVENTS],
    ["what one organises", "owner", { scope: "organizing" }, EVENTS],
    ["everything, for an administrator", "admin", { scope: "organizing" }, PAGE],
    ["everything, deep down", "admin", { scope: "organizing", cursor: deep }, PAGE],
    ["drafts, for an administrator", "admin", { scope: "organizing", status: "draft" }, PAGE],
    ["a series", "member", { seriesId: SERIES, limit: 10 }, 100],
    ["a series, for an administrator", "admin", { scope: "organizing", seriesId: SERIES }, 100],
    ["one's own to come", "member", { scope: "mine", when: "upcoming" }, EVENTS],
    ["what one organises and is over", "owner", { scope: "organizing", when: "past" }, EVENTS],
    ["what comes, for an administrator", "admin", { scope: "organizing", when: "upcoming" }, MONTH],
    ["what is over, for an administrator", "admin", { scope: "organizing", when: "past" }, PAGE],
  ])(
    "%s is read by an index, and no further than it must",
    async (...[_what, role, input, mostRows]) => {
      const [plan = []] = await explain(bed.url, (db) =>
        listEvents({ ...bed.as(actorOf(big[role])), db }, ListEventsInput.parse(input)),
      );
      const scans = plan.filter((node) => node["Relation Name"] === "events");
      expect(scans.map((node) => node["Node Type"])).not.toContain("Seq Scan");
      expect(scans.length).toBeGreaterThan(0);
      expect(rowsRead(plan, "events")).toBeLessThanOrEqual(mostRows);
    },
  );

  // A generic plan does not know how small the page is, so it may read all that is open.
  test.each([
    ["custom", PAGE],
    ["generic", OPEN],
  ] as const)(
    "what is over is passed by inside the index, and nobody else's registration is read, by a %s plan",
    async (kind, mostRows) => {
      for (const input of [{}, { category: "training" }, { status: "cancelled" as const }]) {
        const [plan = []] = await explain(
          bed.url,
          (db) => listEvents({ ...bed.as(actorOf(big.member)), db }, ListEventsInput.parse(input)),
          kind,
        );
        const scans = plan.filter((node) => node["Relation Name"] === "events");
        expect(scans.map((node) => node["Rows Removed by Filter"] ?? 0)).toEqual([0]);
        expect(rowsRead(plan, "events")).toBeLessThanOrEqual(mostRows);
        expect(rowsRead(plan, "registrations")).toBeLessThanOrEqual(OWN);
        expect(pagesTouched(plan)).toBeLessThanOrEqual(10 * mostRows);
      }
    },
  );

  test("without the end in the index, what is over would be read", async () => {
    await bed.ctx.db.execute(sql`drop index events_status_start_end`);
    await bed.ctx.db.execute(sql`drop index events_category_start_end`);
    const [plan = []] = await explain(bed.url, (db) =>
      listEvents({ ...bed.as(actorOf(big.member)), db }, ListEventsInput.parse({})),
    );
    expect(rowsRead(plan, "events")).toBeGreaterThan(500);
  });
});
