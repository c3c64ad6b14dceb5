import { MAX_SERIES_EVENTS } from "@tsudoi/shared/event-series.ts";
import { MAX_INVITED } from "@tsudoi/shared/invitations.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { type Call, runInCall } from "#core/platform/call.ts";
import { actorOf } from "#test/bed.ts";
import { anInput } from "#test/event-changes.ts";
import { explain, rowsRead } from "#test/explain.ts";
import { useStage } from "#test/stage.ts";
import { createSeries } from "./create-series.ts";
import { invite } from "./invite.ts";
import { publish } from "./publish.ts";

const stage = useStage();

const owner = () => stage.as(actorOf(stage.owner));

async function aPublicSeries(count: number): Promise<[string, ...string[]]> {
  const event = anInput({ audience: "invited" });
  const made = await createSeries(owner(), { event, rrule: `FREQ=WEEKLY;COUNT=${count}` });
  const [first = "", ...others] = made.events.map(({ id }) => id);
  await publish(owner(), { eventId: first, apply: "all", allowMissingTranslation: true });
  return [first, ...others];
}

/** With as many statements as it took. */
async function inviting(eventId: string, people: { email: string }[]) {
  const call: Call = { name: "test", requestId: "request", queries: 0 };
  const emails = people.map(({ email }) => email);
  const told = await runInCall(call, () => invite(owner(), { eventId, apply: "all", emails }));
  return { ...told, statements: call.queries };
}

describe("as many addresses as one call takes, to as many events as a series has", () => {
  test("are ten statements of rows where one address is one, and all others are as many", async () => {
    const ids = await aPublicSeries(MAX_SERIES_EVENTS);
    const people = await stage.someMembers(MAX_INVITED);
    const one = await inviting(ids[0], [await stage.aMember()]);
    const many = await inviting(ids[0], people);
    expect(many.invited).toBe(MAX_INVITED);
    expect(many.statements - one.statements).toBe(9);
    expect((await inviting(ids[0], people)).invited).toBe(0);
    const lists = await stage.ctx.db.execute<{ total: number }>(sql`
      select count(*)::int as total from event_invitations
      where event_id = any(${sql.param(ids)}::uuid[]) group by event_id`);
    expect(lists.map(({ total }) => total)).toEqual(Array(ids.length).fill(MAX_INVITED + 1));
  });

  /** How many events are read by what PostgreSQL asks for each new row that belongs to one. */
  async function readByForeignKey(eventId: string): Promise<number> {
    const [plan = []] = await explain(
      stage.url,
      (db) =>
        db.execute(sql`
          select 1 from only events x
          where organization_id = ${stage.organizationId} and id = ${eventId} for key share of x`),
      "generic",
    );
    return rowsRead(plan, "events");
  }

  test("have each their event found by its key, also before the table was ever analysed", async () => {
    await stage.ctx.db.execute(sql`alter table events set (autovacuum_enabled = false)`);
    const [eventId] = await aPublicSeries(MAX_SERIES_EVENTS);
    expect(await readByForeignKey(eventId)).toBe(1);
    // What the migration tells the planner is what does it.
    await stage.ctx.db.execute(sql`
      select pg_clear_attribute_stats('public', 'events', 'organization_id', false)`);
    expect(await readByForeignKey(eventId)).toBeGreaterThanOrEqual(MAX_SERIES_EVENTS);
  });
});
