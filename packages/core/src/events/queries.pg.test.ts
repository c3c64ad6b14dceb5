import { ListEventsInput } from "@tsudoi/shared/events.ts";
import { DAY, HOUR, MINUTE } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod/mini";
import { writeCursor } from "#core/db/cursor.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { runInCall } from "#core/platform/call.ts";
import { actorOf, createTestBed, type TestBed } from "#test/bed.ts";
import {
  anEvent,
  anOrganization,
  aUser,
  someUsers,
  type TestEvent,
  type TestUser,
} from "#test/builders.ts";
import { explain, pagesTouched, rowsRead, vacuum } from "#test/explain.ts";
import { reasonOf } from "#test/refusals.ts";
import { findEventRole, listEvents } from "./queries.ts";

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed[Symbol.asyncDispose]());

type Asked = z.input<typeof ListEventsInput>;

function list(user: TestUser, input: Asked = {}) {
  return listEvents(bed.as(actorOf(user)), ListEventsInput.parse(input));
}

async function titles(user: TestUser, input: Asked = {}): Promise<string[]> {
  return (await list(user, input)).items.map((item) => item.title.en);
}

/** Every page, one after the other; `between` happens before each next one. */
async function allPages(user: TestUser, input: Asked, between = async () => {}) {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await list(user, { ...input, ...(cursor === undefined ? {} : { cursor }) });
    ids.push(...page.items.map((item) => item.id));
    if (page.nextCursor === null) return ids;
    cursor = page.nextCursor;
    await between();
  }
}

type Company = { organizationId: string; owner: TestUser; member: TestUser; admin: TestUser };

/** People who see nothing of the other tests. */
async function aCompany(): Promise<Company> {
  const organizationId = await anOrganization(bed.ctx);
  return {
    organizationId,
    owner: await aUser(bed.ctx, { organizationId, role: "organizer" }),
    member: await aUser(bed.ctx, { organizationId }),
    admin: await aUser(bed.ctx, { organizationId, role: "admin" }),
  };
}

type Overrides = Parameters<typeof anEvent>[2];

function named({ owner }: Company, titleEn: string, overrides: Overrides = {}): Promise<TestEvent> {
  return anEvent(bed.ctx, owner, { titleEn, ...overrides });
}

let numbers = 0;
async function aRegistration(
  event: TestEvent,
  user: TestUser,
  status: "confirmed" | "waitlisted" | "cancelled",
) {
  numbers += 1;
  await bed.ctx.db.insert(registrations).values({
    organizationId: event.organizationId,
    eventId: event.id,
    userId: user.id,
    status,
    seq: numbers,
    number: numbers,
    queueNo: status === "waitlisted" ? numbers : null,
  });
}

const at = (offset: number) => new Date(Date.now() + offset);
const past = { startsAt: at(-2 * DAY), endsAt: at(-DAY) };

describe("events.list", () => {
  test("open: published and not over, also what is full, running or one's own", async () => {
    const company = await aCompany();
    await named(company, "running", { startsAt: at(-HOUR), endsAt: at(HOUR) });
    await named(company, "long", { startsAt: at(-30 * DAY), endsAt: at(DAY) });
    const full = await named(company, "full", { startsAt: at(DAY), capacity: 1, seatsTaken: 1 });
    await aRegistration(full, company.member, "confirmed");
    await named(company, "over", past);
    await named(company, "draft", { status: "draft", publishedAt: null });
    await named(company, "closed", { status: "closed" });
    await named(company, "cancelled", { status: "cancelled" });
    expect(await titles(company.member)).toEqual(["long", "running", "full"]);
  });

  test("open with a status: only what was published", async () => {
    const company = await aCompany();
    await named(company, "draft", { status: "draft", publishedAt: null });
    await named(company, "never shown", { status: "cancelled", publishedAt: null });
    await named(company, "cancelled", { status: "cancelled" });
    for (const who of [company.member, company.owner, company.admin]) {
      expect(await titles(who, { status: "cancelled" })).toEqual(["cancelled"]);
      expect(await titles(who, { status: "draft" })).toEqual([]);
    }
  });

  test("mine: where the caller is registered, past ones and cancelled ones too", async () => {
    const company = await aCompany();
    const { member } = company;
    await aRegistration(await named(company, "past", past), member, "confirmed");
    await aRegistration(await named(company, "next", { startsAt: at(DAY) }), member, "waitlisted");
    await aRegistration(
      await named(company, "off", { status: "cancelled", startsAt: at(2 * DAY) }),
      member,
      "confirmed",
    );
    await aRegistration(await named(company, "left"), member, "cancelled");
    await aRegistration(await named(company, "another's"), company.owner, "confirmed");
    expect(await titles(member, { scope: "mine" })).toEqual(["past", "next", "off"]);
    expect(await titles(member, { scope: "mine", status: "cancelled" })).toEqual(["off"]);
  });

  test("organizing: drafts are for those who organise, and for administrators", async () => {
    const company = await aCompany();
    const { organizationId, owner, member, admin } = company;
    const draft = await named(company, "draft", {
      status: "draft",
      publishedAt: null,
      startsAt: at(DAY),
    });
    await named(company, "shown", { startsAt: at(2 * DAY) });
    const colleague = await aUser(bed.ctx, { organizationId, role: "organizer" });
    expect(await titles(owner, { scope: "organizing" })).toEqual(["draft", "shown"]);
    expect(await titles(admin, { scope: "organizing" })).toEqual(["draft", "shown"]);
    expect(await titles(admin, { scope: "organizing", status: "draft" })).toEqual(["draft"]);
    expect(await titles(colleague, { scope: "organizing" })).toEqual([]);
    expect(await titles(member, { scope: "organizing" })).toEqual([]);
    await bed.ctx.db
      .insert(eventOrganizers)
      .values({ organizationId, eventId: draft.id, userId: member.id, role: "viewer" });
    expect(await titles(member, { scope: "organizing" })).toEqual(["draft"]);
  });

  test("another organisation's events are in nobody's list", async () => {
    const [ours, theirs] = [await aCompany(), await aCompany()];
    await named(ours, "ours");
    for (const scope of ["open", "mine", "organizing"] as const) {
      for (const who of [theirs.member, theirs.owner, theirs.admin]) {
        expect(await titles(who, { scope })).toEqual([]);
      }
    }
  });

  test("rejects a stranger", async () => {
    const input = ListEventsInput.parse({});
    for (const actor of [{ kind: "anonymous" }, { kind: "system" }] as const) {
      expect(await reasonOf(listEvents(bed.as(actor), input))).toBe("NOT_SIGNED_IN");
    }
  });

  test("filters by category and by start, from inclusive to exclusive", async () => {
    const company = await aCompany();
    const noon = new Date("2030-06-01T12:00:00Z");
    const after = (offset: number) => new Date(noon.getTime() + offset);
    await named(company, "before", { startsAt: after(-1) });
    await named(company, "at", { startsAt: noon, categorySlug: "social" });
    await named(company, "later", { startsAt: after(HOUR) });
    await named(company, "end", { startsAt: after(DAY) });
    const window = { from: noon.toISOString(), to: after(DAY).toISOString() };
    expect(await titles(company.member, window)).toEqual(["at", "later"]);
    expect(await titles(company.member, { ...window, category: "social" })).toEqual(["at"]);
    expect(await titles(company.member, { category: "no-such" })).toEqual([]);
  });

  test.each([
    ["half-width kana", "ﾊﾟﾌｫｰﾏﾝｽ", ["kana"]],
    ["full-width letters", "ＴＥＡＭ", ["Team lunch 100%"]],
    ["another case", "tEAM", ["Team lunch 100%"]],
    ["words in another order", "lunch　team", ["Team lunch 100%"]],
    ["a word that is not there", "team dinner", []],
    ["a place", "大阪", ["under_score"]],
    ["a per cent sign", "100%", ["Team lunch 100%"]],
    ["a pattern of everything", "%", ["Team lunch 100%"]],
    ["an underscore", "r_s", ["under_score"]],
    ["a pattern of one letter", "t_am", []],
    ["a backslash", "\\", ["back\\slash"]],
    ["a quote", "'; drop table events; --", []],
    ["nothing but space", "   ", ["Team lunch 100%", "kana", "under_score", "back\\slash"]],
  ])("finds by text: %s", async (_what, text, expected) => {
    searched ??= await aSearchedCompany();
    expect(await titles(searched.member, { text })).toEqual(expected);
  });

  test("a page has seats, waitlist and the caller's own status, each event once", async () => {
    const company = await aCompany();
    const event = await named(company, "event", {
      seatsTaken: 3,
      waitlistLength: 2,
      onlineUrl: "https://meet.example.test/secret",
      location: "本社",
    });
    await aRegistration(event, company.member, "cancelled");
    await aRegistration(event, company.member, "cancelled");
    await aRegistration(event, company.member, "waitlisted");
    const { items } = await list(company.member);
    expect(items).toEqual([
      {
        id: event.id,
        title: { ja: "試験のイベント", en: "event" },
        category: { slug: "seminar", name: { ja: "セミナー", en: "Seminar" } },
        status: "published",
        startsAt: event.startsAt.toISOString(),
        endsAt: event.endsAt.toISOString(),
        timeZone: "Asia/Tokyo",
        capacity: 10,
        seatsTaken: 3,
        waitlistLength: 2,
        waitlistMode: "none",
        approval: false,
        location: "本社",
        online: true,
        department: null,
        registrationOpensAt: event.registrationOpensAt.toISOString(),
        registrationClosesAt: event.registrationClosesAt.toISOString(),
        myStatus: "waitlisted",
      },
    ]);
    expect((await list(company.owner)).items[0]).not.toHaveProperty("myStatus");
  });
});

let searched: Company | undefined;
async function aSearchedCompany(): Promise<Company> {
  const company = await aCompany();
  await named(company, "Team lunch 100%", { titleJa: "昼食会", startsAt: at(DAY) });
  await named(company, "kana", { titleJa: "パフォーマンス勉強会", startsAt: at(2 * DAY) });
  await named(company, "under_score", {
    titleJa: "下線",
    location: "大阪支社",
    startsAt: at(3 * DAY),
  });
  await named(company, "back\\slash", { titleJa: "逆斜線", startsAt: at(4 * DAY) });
  return company;
}

describe("events.list, page after page", () => {
  test("has every event once, in order, also those that start together", async () => {
    const company = await aCompany();
    const starts = [1, 2, 2, 2, 2, 2, 3, 3, 4].map((hours) => at(DAY + hours * HOUR));
    const events: TestEvent[] = [];
    for (const startsAt of starts) events.push(await named(company, "event", { startsAt }));
    const expected = events
      .toSorted(
        (one, other) =>
          Number(one.startsAt) - Number(other.startsAt) || (one.id < other.id ? -1 : 1),
      )
      .map((event) => event.id);
    for (const limit of [1, 2, 3, 4, 9, 10]) {
      expect(await allPages(company.member, { limit })).toEqual(expected);
    }
  });

  test("has no gap and no duplicate while events are added", async () => {
    const company = await aCompany();
    const startsAt = at(DAY);
    const before: string[] = [];
    for (let index = 0; index < 10; index += 1) {
      before.push(
        (
          await named(company, "event", {
            startsAt: new Date(startsAt.getTime() + (index >> 1) * MINUTE),
          })
        ).id,
      );
    }
    const seen = await allPages(company.member, { limit: 3 }, async () => {
      for (const offset of [-MINUTE, 0, MINUTE, 3 * MINUTE, HOUR]) {
        await named(company, "added", { startsAt: new Date(startsAt.getTime() + offset) });
      }
    });
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => before.includes(id))).toEqual(before);
  });

  test("keeps its place among events of a millisecond", async () => {
    const company = await aCompany();
    const startsAt = new Date("2031-01-01T00:00:00.123Z");
    const ids = new Set<string>();
    for (let index = 0; index < 4; index += 1)
      ids.add((await named(company, "event", { startsAt })).id);
    expect(new Set(await allPages(company.member, { limit: 1 }))).toEqual(ids);
  });

  test.each([
    ["no base64", "!!!"],
    ["no JSON", Buffer.from("{").toString("base64url")],
    ["another list's", writeCursor(["seminar"])],
    ["another shape", Buffer.from('{"0":1}').toString("base64url")],
    ["an id that is none", writeCursor([0, "' or true --"])],
    [
      "a time that is none",
      Buffer.from('["now","01890000-0000-7000-8000-000000000000"]').toString("base64url"),
    ],
    ["a time before all time", writeCursor([-8.64e15, "01890000-0000-7000-8000-000000000000"])],
    ["a time after all time", writeCursor([8.64e15, "01890000-0000-7000-8000-000000000000"])],
    [
      "no number",
      Buffer.from('[1e999,"01890000-0000-7000-8000-000000000000"]').toString("base64url"),
    ],
  ])("a cursor that is %s is refused", async (_what, cursor) => {
    const { member } = await aCompany();
    expect(await reasonOf(list(member, { cursor }))).toBe("VALIDATION");
  });

  test("the first and the last instant there is are places in the list too", async () => {
    const company = await aCompany();
    const first = await named(company, "first", {
      startsAt: new Date("0001-01-01T00:00:00Z"),
      endsAt: new Date("0001-01-02T00:00:00Z"),
    });
    const last = await named(company, "last", {
      startsAt: new Date("9999-12-31T00:00:00Z"),
      endsAt: new Date("9999-12-31T23:59:59Z"),
    });
    expect(await allPages(company.admin, { limit: 1, scope: "organizing" })).toEqual([
      first.id,
      last.id,
    ]);
  });

  test("another organisation's cursor is a place in one's own list, nothing more", async () => {
    const [ours, theirs] = [await aCompany(), await aCompany()];
    await named(ours, "ours", { startsAt: at(DAY) });
    await named(ours, "ours later", { startsAt: at(2 * DAY) });
    await named(theirs, "theirs", { startsAt: at(3 * DAY) });
    const { nextCursor } = await list(ours.member, { limit: 1 });
    expect(await titles(theirs.member, { cursor: nextCursor ?? "" })).toEqual(["theirs"]);
  });
});

describe("events.list, its work", () => {
  /** Hours, with an event each: two years that are over, and what comes. */
  const [OVER, COMING] = [17_500, 2_500];
  const EVENTS = OVER + COMING;
  const OWN = 200;
  let big: Company;

  beforeAll(async () => {
    big = await aCompany();
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
    await bed.ctx.db.execute(sql`analyze`);
    const people = await someUsers(bed.ctx, 10, { organizationId: big.organizationId });
    await bed.ctx.db.execute(sql`
      insert into registrations (organization_id, event_id, user_id, status, seq, number)
      select organization_id, id, person, 'confirmed', 1, 1
      from events, unnest(${sql.param(people.map(({ id }) => id))}::uuid[]) as person
      where organization_id = ${big.organizationId} and ends_at > now()`);
    await vacuum(bed.ctx);
  });

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
      { limit: 5, text: "event 1" },
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
  /** The most rows that may be read for a page: a page and one; where a word may be rare, all that is open. */
  const [PAGE, OPEN] = [21, COMING / 2 + 10];

  test.each<[string, "member" | "owner" | "admin", Asked, number]>([
    ["what is open", "member", {}, PAGE],
    ["what is open, deep down", "member", { cursor: deep }, PAGE],
    ["one category", "member", { category: "training" }, PAGE],
    ["one day", "member", soon, 24],
    ["what was cancelled", "member", { status: "cancelled" }, PAGE],
    ["a rare word", "member", { text: "event 17999" }, OPEN],
    ["a word of two letters that nothing has", "member", { text: "研修" }, OPEN],
    ["a frequent word", "member", { text: "イベント" }, PAGE],
    ["one's own", "member", { scope: "mine" }, EVENTS],
    ["what one organises", "owner", { scope: "organizing" }, EVENTS],
    ["everything, for an administrator", "admin", { scope: "organizing" }, PAGE],
    ["everything, deep down", "admin", { scope: "organizing", cursor: deep }, PAGE],
    ["drafts, for an administrator", "admin", { scope: "organizing", status: "draft" }, PAGE],
    ["text, for an administrator", "admin", { scope: "organizing", text: "event 1" }, EVENTS],
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

describe("events role of the caller", () => {
  test("is the one in this event, if any", async () => {
    const company = await aCompany();
    const event = await named(company, "event");
    expect(await findEventRole(bed.as(actorOf(company.owner)), event.id)).toBe("owner");
    expect(await findEventRole(bed.as(actorOf(company.member)), event.id)).toBeUndefined();
    expect(await findEventRole(bed.as({ kind: "anonymous" }), event.id)).toBeUndefined();
  });
});
