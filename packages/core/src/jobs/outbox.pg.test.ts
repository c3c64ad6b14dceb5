import { randomUUID } from "node:crypto";
import { SECOND } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { useBed } from "#test/stage.ts";
import { enqueue } from "./enqueue.ts";
import {
  claimDue,
  finishRun,
  keepRun,
  killRun,
  postponeRun,
  type Run,
  retryRun,
  startRun,
  unclaim,
} from "./outbox.ts";

const bed = useBed();

const payload = { notificationId: "01890000-0000-7000-8000-000000000000" };
const job = "registrations.send-confirmation";

function refuse(): Promise<void> {
  throw new Error("no effect without its row");
}

/** The number of a row that is due. */
async function aRow(): Promise<number> {
  const dedupeKey = randomUUID();
  const dueAt = new Date(Date.now() - SECOND);
  await enqueue(bed.ctx, job, [{ organizationId: null, payload, dedupeKey, dueAt }]);
  const [row] = await bed.ctx.db.execute<{ id: string }>(sql`
    select id from outbox where dedupe_key = ${dedupeKey}`);
  return Number(row?.id);
}

async function start(id: number): Promise<Run> {
  const run = await startRun(bed.ctx, id);
  if (run === undefined) throw new Error("the row was not taken");
  return run;
}

describe("jobs/outbox", () => {
  test("gives a row to one relay at a time, and again when its lease has ended", async () => {
    await bed.ctx.db.execute(sql`delete from outbox`);
    const id = await aRow();
    const claims = await Promise.all([claimDue(bed.ctx, 10), claimDue(bed.ctx, 10)]);
    expect(claims.flat().map((job) => job.id)).toEqual([id]);
    expect(await claimDue(bed.ctx, 10)).toEqual([]);
    await bed.ctx.db.execute(
      sql`update outbox set next_at = now() - interval '1 second', deliveries = 9 where id = ${id}`,
    );
    expect(await claimDue(bed.ctx, 10)).toMatchObject([{ id, deliveries: 10 }]);
    // However often Redis lost it, it is back within the minute.
    const [lease] = await bed.ctx.db.execute<{ seconds: number }>(
      sql`select extract(epoch from next_at - now())::float8 as seconds from outbox where id = ${id}`,
    );
    expect(lease?.seconds).toBeLessThan(50);
  });

  test("a run that died is taken over when its time is up, not before", async () => {
    const id = await aRow();
    expect(await startRun(bed.ctx, id)).toBeDefined();
    expect(await startRun(bed.ctx, id)).toBeUndefined();
    await bed.ctx.db.execute(
      sql`update outbox set running_until = now() - interval '1 second' where id = ${id}`,
    );
    expect(await startRun(bed.ctx, id)).toBeDefined();
  });

  test.each([
    ["finishes", (run: Run) => finishRun(bed.ctx, run, refuse)],
    ["keeps", (run: Run) => keepRun(bed.ctx, run)],
    ["puts back", (run: Run) => retryRun(bed.ctx, run, "stale")],
    ["puts off", (run: Run) => postponeRun(bed.ctx, run, 60)],
    ["gives up", (run: Run) => killRun(bed.ctx, run, { error: "stale", effect: refuse })],
  ] as const)("a run that slept through its lease %s nothing of another's", async (_, end) => {
    const id = await aRow();
    const stale = await start(id);
    await bed.ctx.db.execute(sql`
      update outbox set running_until = now() - interval '1 second' where id = ${id}`);
    await start(id);
    const state = sql`select to_jsonb(outbox) as row from outbox where id = ${id}`;
    const before = await bed.ctx.db.execute(state);
    await end(stale);
    expect([...(await bed.ctx.db.execute(state))]).toEqual([...before]);
  });

  test("a row given back is delivered under a new number", async () => {
    await bed.ctx.db.execute(sql`delete from outbox`);
    const id = await aRow();
    const [first] = await claimDue(bed.ctx, 10);
    await unclaim(bed.ctx, [id]);
    await bed.ctx.db.execute(
      sql`update outbox set next_at = now() - interval '1 second' where id = ${id}`,
    );
    const [second] = await claimDue(bed.ctx, 10);
    expect([first?.deliveries, second?.deliveries]).toEqual([1, 2]);
  });

  test("a retry is due when its pause is over, and waits from then on", async () => {
    const id = await aRow();
    await retryRun(bed.ctx, await start(id), "trouble");
    const [row] = await bed.ctx.db.execute<{ later: boolean; same: boolean }>(sql`
      select due_at > now() + interval '1 second' as later, due_at = next_at as same
      from outbox where id = ${id}`);
    expect({ ...row }).toEqual({ later: true, same: true });
  });

  test.each([
    ["failed", (run: Run) => retryRun(bed.ctx, run, "trouble")],
    ["was put off", (run: Run) => postponeRun(bed.ctx, run, 60)],
  ] as const)(
    "a row that %s rests, whatever else delivers it, until the relay may",
    async (_, end) => {
      const id = await aRow();
      await end(await start(id));
      expect(await startRun(bed.ctx, id)).toBeUndefined();
      expect((await claimDue(bed.ctx, 100)).map((due) => due.id)).not.toContain(id);
      await bed.ctx.db.execute(sql`
      update outbox set due_at = due_at - interval '1 hour', next_at = next_at - interval '1 hour',
        running_until = running_until - interval '1 hour'
      where id = ${id}`);
      expect((await claimDue(bed.ctx, 100)).map((due) => due.id)).toContain(id);
      expect(await startRun(bed.ctx, id)).toBeDefined();
    },
  );

  test("keeps the order of one key, and lets others pass", async () => {
    await bed.ctx.db.execute(sql`delete from outbox`);
    await enqueue(bed.ctx, job, [
      { organizationId: null, payload, key: "one" },
      { organizationId: null, payload, key: "one" },
      { organizationId: null, payload, key: "two" },
    ]);
    const rows = await bed.ctx.db.execute<{ id: string }>(sql`select id from outbox order by id`);
    const [first, second, other] = rows.map((row) => Number(row.id));
    expect((await claimDue(bed.ctx, 10)).map((due) => due.id)).toEqual([first, other]);
    await bed.ctx.db.execute(sql`update outbox set done_at = now() where id = ${first}`);
    expect((await claimDue(bed.ctx, 10)).map((due) => due.id)).toEqual([second]);
  });
});
