import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "#core/db/context.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent, TestUser } from "#test/builders.ts";
import { explain, pagesTouched, rowsRead, vacuum } from "#test/explain.ts";
import { useStage } from "#test/stage.ts";
import { getEvent } from "./get-event.ts";

const stage = useStage();

describe("events.get, its work", () => {
  const REGISTRATIONS = 20_000;
  let event: TestEvent;
  let stranger: TestUser;
  let last: TestUser;

  beforeAll(async () => {
    [stranger, last] = [await stage.aMember(), await stage.aMember()];
    event = await stage.anEvent({
      capacity: REGISTRATIONS / 2,
      waitlistMode: "automatic",
    });
    await stage.ctx.db.execute(sql`
      insert into users (organization_id, email, family_name, given_name, locale, time_zone)
      select ${stage.organizationId}, 'crowd-' || i || '@example.test', 'a', 'b', 'ja', 'Asia/Tokyo'
      from generate_series(1, ${REGISTRATIONS}) i`);
    await stage.ctx.db.execute(sql`
      insert into registrations (organization_id, event_id, user_id, status, seq, number, queue_no)
      select ${stage.organizationId}, ${event.id}, id, case when waits then 'waitlisted' else 'confirmed' end,
        i, i, case when waits then i end
      from (
        select id, row_number() over () as i, row_number() over () > ${REGISTRATIONS / 2} as waits
        from users where organization_id = ${stage.organizationId} and email like 'crowd-%'
      ) crowd`);
    await stage.ctx.db.execute(sql`
      insert into registrations (organization_id, event_id, user_id, status, seq, number, queue_no)
      values (${stage.organizationId}, ${event.id}, ${last.id}, 'waitlisted', ${REGISTRATIONS + 1},
        ${REGISTRATIONS + 1}, ${REGISTRATIONS + 1})`);
    await vacuum(stage.ctx);
  });

  const planOf = async (person: TestUser, kind: "custom" | "generic") => {
    const work = (db: Context["db"]) =>
      getEvent({ ...stage.as(actorOf(person)), db }, { eventId: event.id }).catch(() => undefined);
    const [plan = []] = await explain(stage.url, work, kind);
    return plan;
  };

  test.each(["custom", "generic"] as const)(
    "one's own is read without anyone else's, by a %s plan",
    async (kind) => {
      const plan = await planOf(stranger, kind);
      expect(rowsRead(plan, "registrations")).toBe(0);
      expect(pagesTouched(plan)).toBeLessThanOrEqual(10);
    },
  );

  test.each(["custom", "generic"] as const)(
    "the place in the queue is counted in its index alone, by a %s plan",
    async (kind) => {
      const plan = await planOf(last, kind);
      const queue = plan.find((node) => node["Index Name"] === "registrations_queue");
      expect(queue?.["Node Type"]).toBe("Index Only Scan");
      expect(queue?.["Heap Fetches"]).toBeLessThan(1_100);
      expect(queue?.["Actual Rows"]).toBe(REGISTRATIONS / 2 + 1);
      expect(rowsRead(plan, "registrations")).toBe(REGISTRATIONS / 2 + 2);
      expect(pagesTouched(plan)).toBeLessThanOrEqual(150);
    },
  );

  test("without the index of people, everyone's would be read", async () => {
    await stage.ctx.db.execute(sql`drop index registrations_user_event`);
    expect(rowsRead(await planOf(stranger, "generic"), "registrations")).toBeGreaterThan(
      REGISTRATIONS,
    );
  });
});
