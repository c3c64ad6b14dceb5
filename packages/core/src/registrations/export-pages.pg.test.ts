import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { runInCall } from "#core/platform/call.ts";
import type { TestEvent } from "#test/builders.ts";
import { explain, type PlanNode, rowsRead } from "#test/explain.ts";
import { addRegistrants } from "#test/registrants.ts";
import { useStage } from "#test/stage.ts";
import { gather } from "#test/tables.ts";
import { exportedRows } from "./export-pages.ts";
import { readQueue } from "./read-queue.ts";

const stage = useStage();
const COUNT = 5_000;
const WAITING = COUNT / 5;
const PAGE = 500;

let event: TestEvent;
beforeAll(async () => {
  event = await stage.anEvent();
  await addRegistrants(stage.ctx, event, COUNT);
  await addRegistrants(stage.ctx, await stage.anEvent(), COUNT);
});

const scope = () => ({ organizationId: stage.organizationId, eventId: event.id });

/** How the first page is read. */
async function firstPage(): Promise<PlanNode[]> {
  const plans = await explain(stage.url, async (db) => {
    await gather(exportedRows({ ...stage.ctx, db }, scope()));
  });
  return plans[0] ?? [];
}

/** How the places of all pages' waiting people are read. */
async function queueWalk(): Promise<PlanNode[]> {
  const plans = await explain(stage.url, (db) => readQueue({ ...stage.ctx, db }, scope()));
  return plans[0] ?? [];
}

describe("registrations/export-pages", () => {
  test.each(["without statistics", "with statistics"])(
    "a page reads what it shows, %s",
    async (known) => {
      if (known === "with statistics") await stage.ctx.db.execute(sql`analyze`);
      const plan = await firstPage();
      expect(rowsRead(plan, "registrations")).toBeLessThan(2 * PAGE);
      expect(rowsRead(plan, "users")).toBeLessThan(2 * PAGE);
      expect(rowsRead(await queueWalk(), "registrations")).toBeLessThanOrEqual(WAITING);
    },
  );

  test("everyone is read once, with their place in the queue", async () => {
    const rows = await gather(exportedRows(stage.ctx, scope()));
    expect(rows.map(({ number }) => number)).toEqual(
      Array.from({ length: COUNT }, (_, i) => i + 1),
    );
    const kept = await stage.ctx.db.execute<{ number: number; position: number }>(sql`
      select number, (rank() over (order by queue_no))::int as position from registrations
      where event_id = ${event.id} and status = 'waitlisted' order by number`);
    const told = rows.filter(({ position }) => position !== null);
    expect(told.map(({ number, position }) => ({ number, position }))).toEqual([...kept]);
  });

  test("the queue is walked once, however many pages there are", async () => {
    const call = { name: "files.download", requestId: "request", queries: 0 };
    const rows = await runInCall(call, () => gather(exportedRows(stage.ctx, scope())));
    expect(rows.filter(({ position }) => position !== null)).toHaveLength(WAITING);
    // All pages, the one that shows that there are no more, and the queue.
    expect(call.queries).toBe(COUNT / PAGE + 1 + 1);
  });

  test("equal numbers, as an import may bring them, lose nobody between pages", async () => {
    const same = await stage.anEvent();
    await addRegistrants(stage.ctx, same, PAGE + 7);
    await stage.ctx.db.execute(
      sql`update registrations set number = 1 where event_id = ${same.id}`,
    );
    const rows = await gather(exportedRows(stage.ctx, { ...scope(), eventId: same.id }));
    expect(new Set(rows.map(({ email }) => email)).size).toBe(PAGE + 7);
    expect(rows).toHaveLength(PAGE + 7);
  });
});
