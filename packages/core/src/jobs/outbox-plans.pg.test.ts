import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { explain, rowsRead, vacuum } from "#test/explain.ts";
import { useBed } from "#test/stage.ts";
import type { JobName } from "./catalog.ts";
import { claimDue } from "./outbox.ts";

const [OPEN, DONE, BATCH] = [10_000, 40_000, 200];

const bed = useBed();

/** Letters to many people that were written at one moment, among a week of what is done; one job of another kind behind them. */
beforeAll(async () => {
  await bed.ctx.db.execute(sql`
    insert into outbox (job, payload, key, done_at)
    select 'notifications.send', '{}', gen_random_uuid()::text, case when i <= ${DONE}::int then now() end
    from generate_series(1, ${DONE + OPEN}::int) i`);
  await bed.ctx.db.execute(
    sql`insert into outbox (job, payload) values ('registrations.pass-seats', '{}')`,
  );
}, 60_000);

/** Rows of the outbox that one look reads. */
async function readBy(kind: "custom" | "generic", jobs?: JobName[]): Promise<number> {
  const claim = (db: typeof bed.ctx.db) => claimDue({ ...bed.ctx, db }, BATCH, jobs);
  const [plan = []] = await explain(bed.url, claim, kind);
  return rowsRead(plan, "outbox");
}

describe.each(["without statistics", "with statistics"])("a look of the relay, %s", (known) => {
  beforeAll(async () => {
    if (known === "with statistics") await vacuum(bed.ctx);
  }, 60_000);

  test.each(["custom", "generic"] as const)(
    "reads what it takes and not all that waits, by a %s plan",
    async (kind) => {
      expect(await readBy(kind)).toBeLessThanOrEqual(4 * BATCH);
      // Where there is no room for letters it passes them by, once each.
      expect(await readBy(kind, ["registrations.pass-seats"])).toBeLessThanOrEqual(OPEN + BATCH);
    },
  );
});
