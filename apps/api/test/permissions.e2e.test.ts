import { type Answer, call } from "@tsudoi/core/test/call.ts";
import type { Procedure } from "@tsudoi/telemetry/names.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { procedures } from "./procedures.ts";
import { readMetric, type Stage, setStage } from "./stage.ts";
import { aWorld, CALLERS, type Caller, INPUTS, tokenOf, type World } from "./world.ts";

let stage: Stage;
let world: World;
beforeAll(async () => {
  stage = await setStage();
  world = await aWorld(stage);
});
afterAll(() => stage[Symbol.asyncDispose]());

const typeOf = new Map(procedures.map(({ name, type }) => [name, type]));

async function ask(name: Procedure, caller: Caller, input: unknown): Promise<Answer<unknown>> {
  const token = await tokenOf(world, caller);
  const query = typeOf.get(name) !== "mutation";
  return call(stage.url, [name, input], { query, ...(token === undefined ? {} : { token }) });
}

const told = (answer: Answer<unknown>) => (answer.ok ? "ok" : answer.reason);

type Row = Record<Caller, string>;

/** What each kind of caller is told, in the order of CALLERS. */
function row(...ends: [string, string, string, string, string, string, string]): Row {
  return Object.fromEntries(CALLERS.map((caller, index) => [caller, ends[index]])) as Row;
}

const [no, ok] = ["NOT_SIGNED_IN", "ok"];
const everyone = row(ok, ok, ok, ok, ok, ok, ok);
/** Reading goes on until the access token ends, 15 minutes at most, for whoever was disabled meanwhile. */
const signedIn = row(no, ok, ok, ok, ok, ok, ok);

/** Who is told what. Columns: anonymous, member, organizer, owner, admin, elsewhere, disabled. */
const GOLDEN: Record<Procedure, Row> = {
  "auth.signIn": everyone,
  "auth.refresh": row(no, no, no, no, no, no, no),
  "auth.signOut": everyone,
  "auth.setUp": everyone,
  "auth.me": row(no, ok, ok, ok, ok, ok, no),
  "auth.setLocale": row(no, ok, ok, ok, ok, ok, no),
  "calendars.get": row(no, ok, ok, ok, ok, ok, no),
  "calendars.getEntry": row(
    no,
    "NOT_FOUND",
    "NOT_FOUND",
    "NOT_FOUND",
    "NOT_FOUND",
    "NOT_FOUND",
    "NOT_FOUND",
  ),
  "calendars.rotate": row(no, ok, ok, ok, ok, ok, no),
  "categories.list": signedIn,
  "events.list": signedIn,
  "events.get": row(no, ok, ok, ok, ok, "NOT_FOUND", ok),
  "events.create": row(no, "FORBIDDEN", ok, ok, ok, ok, no),
  "events.publish": row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", no),
  "events.watch": row(no, ok, ok, ok, ok, "NOT_FOUND", ok),
  "registrations.register": row(no, ok, ok, ok, ok, "NOT_FOUND", no),
  "registrations.get": row(
    no,
    "NOT_FOUND",
    "NOT_FOUND",
    "NOT_FOUND",
    "NOT_FOUND",
    "NOT_FOUND",
    "NOT_FOUND",
  ),
  "registrations.listMine": signedIn,
  "registrations.update": row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", no),
  "system.info": everyone,
};

/** The same once more for a draft, which is not there for most. */
const ON_A_DRAFT: Partial<Record<Procedure, Row>> = {
  "events.get": row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", ok),
  "events.watch": row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", ok),
  "registrations.register": row(
    no,
    "NOT_FOUND",
    "NOT_FOUND",
    "NOT_FOUND",
    "NOT_FOUND",
    "NOT_FOUND",
    no,
  ),
};

describe("who may do what", () => {
  test("every procedure has its row, and every row its procedure", () => {
    expect(Object.keys(GOLDEN).toSorted()).toEqual(procedures.map(({ name }) => name).toSorted());
    expect(Object.keys(INPUTS).toSorted()).toEqual(Object.keys(GOLDEN).toSorted());
  });

  test.each(procedures)("$name", async ({ name }) => {
    const ends: Partial<Row> = {};
    for (const caller of CALLERS) {
      ends[caller] = told(await ask(name, caller, await INPUTS[name](world)));
    }
    expect(ends).toEqual(GOLDEN[name]);
  });

  test.each(Object.entries(ON_A_DRAFT) as [Procedure, Row][])(
    "%s on a draft",
    async (name, expected) => {
      const ends: Partial<Row> = {};
      for (const caller of CALLERS)
        ends[caller] = told(await ask(name, caller, { eventId: world.draft.id }));
      expect(ends).toEqual(expected);
    },
  );
});

describe("another organisation", () => {
  test("sees nothing of ours in any answer", async () => {
    const { shown, draft, people, registrationId } = world;
    const ours = [
      stage.organizationId,
      shown.id,
      draft.id,
      registrationId,
      people.owner.id,
      people.member.email,
    ];
    for (const { name } of procedures) {
      if (name === "auth.signIn") continue;
      const text = JSON.stringify(await ask(name, "elsewhere", await INPUTS[name](world)));
      for (const id of ours) expect({ name, has: text.includes(id) }).toEqual({ name, has: false });
    }
  });

  test("counts for nothing when it registers or publishes here", async () => {
    const before = await stage.ctx.db.execute(
      sql`select id, status, seq from events where organization_id = ${stage.organizationId} order by id`,
    );
    await ask("registrations.register", "elsewhere", { eventId: world.shown.id });
    await ask("events.publish", "elsewhere", { eventId: world.draft.id });
    const after = await stage.ctx.db.execute(
      sql`select id, status, seq from events where organization_id = ${stage.organizationId} order by id`,
    );
    expect([...after]).toEqual([...before]);
  });
});

/** The most statements that one call may take, transactions not counted. */
const BUDGET: Record<Procedure, number> = {
  "auth.signIn": 5,
  "auth.refresh": 2,
  "auth.signOut": 2,
  "auth.me": 1,
  "auth.setLocale": 2,
  "auth.setUp": 8,
  "calendars.get": 1,
  "calendars.getEntry": 1,
  "calendars.rotate": 6,
  "categories.list": 1,
  "events.list": 1,
  "events.get": 2,
  "events.create": 8,
  "events.publish": 7,
  "events.watch": 1,
  "registrations.register": 6,
  "registrations.get": 1,
  "registrations.listMine": 1,
  "registrations.update": 7,
  "system.info": 0,
};

describe("what a call costs", () => {
  /** Statements of one call, as the process itself counts them. */
  async function statements(name: Procedure): Promise<number> {
    const [api] = stage.system.apis;
    const series = `rpc_server_db_queries_sum{rpc_method="${name}"}`;
    const before = await readMetric(api!.metricsUrl, series);
    await ask(name, "admin", await INPUTS[name](world));
    return (await readMetric(api!.metricsUrl, series)) - before;
  }

  test("stays within its budget, and does not grow with what is there", async () => {
    const measure = async () => {
      const counts: Record<string, number> = {};
      for (const { name } of procedures) counts[name] = await statements(name);
      return counts;
    };
    await stage.ctx.db.execute(
      sql`delete from registrations where user_id = ${world.people.admin.id}`,
    );
    const few = await measure();
    for (const [name, count] of Object.entries(BUDGET)) {
      expect({ name, within: (few[name] ?? Number.NaN) <= count, count: few[name] }).toMatchObject({
        name,
        within: true,
      });
    }
    await growHundredfold();
    expect(await measure()).toEqual(few);
  });

  /** A hundred times the events, people, registrations and categories. */
  async function growHundredfold(): Promise<void> {
    const { organizationId, ctx } = stage;
    await ctx.db.execute(sql`delete from registrations where user_id = ${world.people.admin.id}`);
    await ctx.db.execute(sql`
      insert into users (organization_id, email, family_name, given_name, locale, time_zone)
      select ${organizationId}, 'crowd-' || i || '@example.test', 'a', 'b', 'ja', 'Asia/Tokyo'
      from generate_series(1, 1000) i`);
    await ctx.db.execute(sql`
      insert into categories (organization_id, slug, name_ja, name_en)
      select ${organizationId}, 'extra-' || i, 'あ', 'a' from generate_series(1, 600) i`);
    await ctx.db.execute(sql`
      insert into events (organization_id, created_by, title_ja, title_en, category_slug, status, published_at, starts_at,
        ends_at, time_zone, registration_opens_at, registration_closes_at, capacity, waitlist_mode, approval)
      select organization_id, created_by, title_ja, 'event ' || i, category_slug, status, published_at, starts_at,
        ends_at, time_zone, registration_opens_at, registration_closes_at, capacity, waitlist_mode, approval
      from events, generate_series(1, 1000) i where id = ${world.shown.id}`);
    await ctx.db.execute(sql`
      insert into registrations (organization_id, event_id, user_id, status, seq, number)
      select ${organizationId}, ${world.shown.id}, id, 'confirmed', 1, 1 from users
      where organization_id = ${organizationId} and email like 'crowd-%'`);
  }
});
