import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { anInput } from "#test/event-changes.ts";
import { explain, rowsRead, vacuum } from "#test/explain.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { createSeries } from "./create-series.ts";
import { lockEvents } from "./lock-events.ts";

const MANY = 20_000;

const stage = useStage();

test("an event and its series are found by their indexes, however many others there are", async () => {
  const event = await stage.anEvent();
  await stage.ctx.db.execute(sql`
    insert into events (organization_id, created_by, title_ja, title_en, category_slug, starts_at, ends_at,
      time_zone, registration_opens_at, registration_closes_at, capacity, waitlist_mode, approval)
    select organization_id, created_by, title_ja, title_en, category_slug, starts_at, ends_at,
      time_zone, registration_opens_at, registration_closes_at, capacity, waitlist_mode, approval
    from events, generate_series(1, ${MANY}) where id = ${event.id}`);
  const owner = stage.as(actorOf(stage.owner));
  const { events } = await createSeries(owner, { event: anInput(), rrule: "FREQ=DAILY;COUNT=10" });
  await vacuum(stage.ctx);
  const actor = actorOf(await stage.aMember({ role: "admin" }));
  for (const [apply, most] of [
    ["this", 1],
    // The series once by each of its two ways in, and where it is read from the event itself.
    ["all", 12],
  ] as const) {
    for (const kind of ["custom", "generic"] as const) {
      const wanted = { eventId: events[3]?.id ?? "", apply, may: "events.edit" as const };
      const plans = await explain(
        stage.url,
        (db) => reasonOf(lockEvents({ ...stage.as(actor), db, actor }, wanted)),
        kind,
      );
      const read = plans.map((plan) => rowsRead(plan, "events"));
      expect(Math.max(...read)).toBeGreaterThan(0);
      expect(Math.max(...read)).toBeLessThanOrEqual(most);
    }
  }
});
