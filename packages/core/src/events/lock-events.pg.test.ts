import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { departments } from "#core/db/schema/departments.ts";
import { transaction } from "#core/db/transaction.ts";
import { actorOf } from "#test/bed.ts";
import { anInput } from "#test/event-changes.ts";
import { explain, rowsRead, vacuum } from "#test/explain.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { createSeries } from "./create-series.ts";
import { duplicate } from "./duplicate.ts";
import { lockEvents } from "./lock-events.ts";
import { removeOrganizer } from "./remove-organizer.ts";
import { saveOrganizer } from "./save-organizer.ts";
import { update } from "./update.ts";

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

/** All of them ask for the event while somebody holds it, one after the other, and get it in that order. */
async function inLine(eventId: string, calls: (() => Promise<unknown>)[]): Promise<unknown[]> {
  const asked: Promise<unknown>[] = [];
  await transaction(stage.ctx, async (tx) => {
    await tx.db.execute(sql`select 1 from events where id = ${eventId} for update`);
    for (const call of calls) {
      asked.push(call());
      await vi.waitFor(async () => {
        const waiting = await stage.ctx.db.execute(sql`
          select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`);
        expect(waiting).toHaveLength(asked.length);
      }, 10_000);
    }
  });
  return Promise.all(asked);
}

test("whoever waited for an event sees whom it is for since the change before", async () => {
  const event = await stage.anEvent();
  const owner = stage.as(actorOf(stage.owner));
  const [sales] = await stage.ctx.db
    .insert(departments)
    .values({
      organizationId: stage.organizationId,
      code: "sales",
      nameJa: "営業",
      nameEn: "Sales",
    })
    .returning({ id: departments.id });
  const departmentIds = [sales?.id ?? ""];
  const change = { audience: "departments" as const, departmentIds };
  const [, copy] = await inLine(event.id, [
    () => update(owner, { eventId: event.id, version: 1, apply: "this", ...change }),
    () => duplicate(owner, { eventId: event.id, startsAt: event.startsAt.toISOString() }),
  ]);
  expect(copy).toMatchObject({ audience: "departments", forDepartments: [{ id: sales?.id }] });
});

test("whoever waited for an event and lost their part in it meanwhile changes nothing", async () => {
  const event = await stage.anEvent();
  const owner = stage.as(actorOf(stage.owner));
  const other = await stage.aMember({ role: "organizer" });
  const eventId = event.id;
  await saveOrganizer(owner, { eventId, apply: "this", userId: other.id, role: "editor" });
  const [, end] = await inLine(eventId, [
    () => removeOrganizer(owner, { eventId, apply: "this", userId: other.id }),
    () =>
      reasonOf(
        update(stage.as(actorOf(other)), { eventId, version: 1, apply: "this", capacity: 1 }),
      ),
  ]);
  expect(end).toBe("FORBIDDEN");
});
