import { type Answer, call } from "@tsudoi/core/test/call.ts";
import type { Procedure } from "@tsudoi/telemetry/names.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MATRIX } from "./matrix.ts";
import { no, ok, type Row, row } from "./matrix-entry.ts";
import { procedures } from "./procedures.ts";
import { readMetric, type Stage, setStage } from "./stage.ts";
import { aWorld, CALLERS, type Caller, tokenOf, type World } from "./world.ts";

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
    expect(Object.keys(MATRIX).toSorted()).toEqual(procedures.map(({ name }) => name).toSorted());
  });

  test.each(procedures)("$name", async ({ name }) => {
    const ends: Partial<Row> = {};
    for (const caller of CALLERS) {
      ends[caller] = told(await ask(name, caller, await MATRIX[name].input(world)));
    }
    expect(ends).toEqual(MATRIX[name].told);
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
      const text = JSON.stringify(await ask(name, "elsewhere", await MATRIX[name].input(world)));
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

describe("what a call costs", () => {
  /** Statements of one call, as the process itself counts them. */
  async function statements(name: Procedure): Promise<number> {
    const [api] = stage.system.apis;
    const series = `rpc_server_db_queries_sum{rpc_method="${name}"}`;
    const before = await readMetric(api!.metricsUrl, series);
    await ask(name, "admin", await MATRIX[name].input(world));
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
    const over = Object.entries(MATRIX).flatMap(([name, { statements: most }]) =>
      (few[name] ?? Number.NaN) <= most ? [] : [`${name}: ${few[name]} of ${most}`],
    );
    expect(over).toEqual([]);
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
