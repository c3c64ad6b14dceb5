import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { explain, rowsRead, vacuum } from "#test/explain.ts";
import { useStage } from "#test/stage.ts";
import { readOutboxState } from "./queries.ts";

const MANY = 5_000;

const stage = useStage();

test("a look reads the few rows that are dead and open, not a week of done ones", async () => {
  await stage.ctx.db.execute(sql`
    insert into outbox (job, payload, attempts, dead_at, done_at)
    select 'system.sweep', '{}', 12, now(), case when number > 2 then now() end
    from generate_series(1, ${MANY}) number`);
  expect(await readOutboxState(stage.ctx)).toMatchObject({ pending: 0, dead: 2 });
  await vacuum(stage.ctx);
  const [plan = []] = await explain(stage.url, (db) => readOutboxState({ ...stage.ctx, db }));
  expect(rowsRead(plan, "outbox")).toBe(2);
});
