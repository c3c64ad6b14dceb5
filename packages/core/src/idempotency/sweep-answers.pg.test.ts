import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { runInCall } from "#core/platform/call.ts";
import { useBed } from "#test/stage.ts";
import { sweepAnswers } from "./sweep-answers.ts";

const bed = useBed();

describe("idempotency/sweep-answers", () => {
  test("removes all that has expired, each batch on its own, and nothing else", async () => {
    await bed.ctx.db.execute(sql`
      insert into idempotency_keys (organization_id, user_id, key, procedure, request_hash, expires_at)
      select uuidv7(), uuidv7(), 'key', 'events.create', 'hash',
        now() + case when i <= 11000 then interval '-1 minute' else interval '1 minute' end
      from generate_series(1, 11003) i`);
    const call = { name: "test", requestId: "", queries: 0 };
    expect(await runInCall(call, () => sweepAnswers(bed.ctx))).toBe(11_000);
    expect(call.queries).toBe(3);
    expect(await sweepAnswers(bed.ctx)).toBe(0);
    const left = await bed.ctx.db.execute(sql`select 1 from idempotency_keys`);
    expect(left).toHaveLength(3);
  });
});
