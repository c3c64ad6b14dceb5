import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestBed, type TestBed } from "#test/bed.ts";
import { sweepAnswers } from "./sweep-answers.ts";

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed[Symbol.asyncDispose]());

describe("idempotency/sweep-answers", () => {
  test("removes what has expired in bounded batches, and nothing else", async () => {
    await bed.ctx.db.execute(sql`
      insert into idempotency_keys (organization_id, user_id, key, procedure, request_hash, expires_at)
      select uuidv7(), uuidv7(), 'key', 'events.create', 'hash',
        now() + case when i <= 6000 then interval '-1 minute' else interval '1 minute' end
      from generate_series(1, 6003) i`);
    const removed = [
      await sweepAnswers(bed.ctx),
      await sweepAnswers(bed.ctx),
      await sweepAnswers(bed.ctx),
    ];
    expect(removed).toEqual([5_000, 1_000, 0]);
    const left = await bed.ctx.db.execute(sql`select 1 from idempotency_keys`);
    expect(left).toHaveLength(3);
  });
});
