import { DomainError } from "@tsudoi/shared/errors.ts";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context } from "#core/db/context.ts";
import { anOrganization } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useBed } from "#test/stage.ts";
import { giveAnswer } from "./answers.ts";
import type { KeyedRequest } from "./claim-keys.ts";
import { once } from "./once.ts";

const bed = useBed();
let organizationId: string;
beforeAll(async () => {
  organizationId = await anOrganization(bed.ctx);
});

let keys = 0;
function aRequest(overrides: Partial<KeyedRequest> = {}): KeyedRequest {
  keys += 1;
  return {
    organizationId,
    userId: "01890000-0000-7000-8000-000000000001",
    key: `key-${keys}`,
    procedure: "events.create",
    requestHash: "hash",
    ...overrides,
  };
}

/** A verb with an effect that can be counted. */
function aVerb(
  work: (tx: Context, run: number) => Promise<unknown> = async (_tx, run) => ({ run }),
) {
  const entityId = crypto.randomUUID();
  const verb = {
    runs: 0,
    run: async (tx: Context) => {
      verb.runs += 1;
      await recordAudit(tx, [
        { organizationId, action: "events.create", entity: "test", entityId },
      ]);
      return work(tx, verb.runs);
    },
    effects: async () => {
      const rows = await bed.ctx.db.execute(
        sql`select 1 from audit_log where entity_id = ${entityId}`,
      );
      return rows.length;
    },
  };
  return verb;
}

describe("idempotency/once", () => {
  test("does the thing", async () => {
    const [request, verb] = [aRequest(), aVerb(async () => ({ zebra: 1, apple: ["集い", null] }))];
    const first = await once(bed.ctx, request, verb.run);
    expect(first).toEqual({
      answer: { result: { zebra: 1, apple: ["集い", null] } },
      replayed: false,
    });
    expect(await verb.effects()).toBe(1);
  });

  test("is idempotent: the answer comes again byte by byte", async () => {
    const [request, verb] = [
      aRequest(),
      aVerb(async (_tx, run) => ({ zebra: run, apple: { b: 1, a: [1.5, "\u0000"] } })),
    ];
    const first = await once(bed.ctx, request, verb.run);
    const second = await once(bed.ctx, { ...request }, verb.run);
    expect(second.replayed).toBe(true);
    expect(JSON.stringify(second.answer)).toBe(JSON.stringify(first.answer));
    expect([verb.runs, await verb.effects()]).toEqual([1, 1]);
  });

  test("a refusal comes again too, and what was done before it is undone", async () => {
    const request = aRequest();
    const verb = aVerb(async () => {
      throw new DomainError("SOLD_OUT", { fields: { capacity: 3 }, retryAfterMs: 5 });
    });
    for (const replayed of [false, true]) {
      const end = await once(bed.ctx, request, verb.run);
      expect(end.replayed).toBe(replayed);
      expect(() => giveAnswer(end.answer)).toThrow(
        expect.objectContaining({ reason: "SOLD_OUT", details: { fields: { capacity: 3 } } }),
      );
    }
    expect([verb.runs, await verb.effects()]).toEqual([1, 0]);
  });

  test("another input or another procedure under the same key is a mismatch, and does nothing", async () => {
    const [request, verb] = [aRequest(), aVerb()];
    await once(bed.ctx, request, verb.run);
    for (const other of [{ requestHash: "another" }, { procedure: "events.publish" }]) {
      const { answer } = await once(bed.ctx, { ...request, ...other }, verb.run);
      expect(() => giveAnswer(answer)).toThrow(
        expect.objectContaining({ reason: "IDEMPOTENCY_MISMATCH" }),
      );
    }
    expect(verb.runs).toBe(1);
    expect((await once(bed.ctx, request, verb.run)).answer).toEqual({ result: { run: 1 } });
  });

  test("a key belongs to one person of one organisation", async () => {
    const [request, verb] = [aRequest(), aVerb()];
    const others = [
      { userId: "01890000-0000-7000-8000-000000000002" },
      { organizationId: await anOrganization(bed.ctx) },
    ];
    await once(bed.ctx, request, verb.run);
    for (const other of others) {
      expect((await once(bed.ctx, { ...request, ...other }, verb.run)).replayed).toBe(false);
    }
    expect(verb.runs).toBe(3);
  });

  test("survives a race: duplicates wait for the first", async () => {
    const [request, verb] = [aRequest(), aVerb()];
    const ends = await Promise.all(
      Array.from({ length: 20 }, () => once(bed.ctx, { ...request }, verb.run)),
    );
    expect(ends.map((end) => end.answer)).toEqual(Array(20).fill({ result: { run: 1 } }));
    expect(ends.filter((end) => !end.replayed)).toHaveLength(1);
    expect([verb.runs, await verb.effects()]).toEqual([1, 1]);
  });

  test("reading first and writing later does not pass for right", async () => {
    const [request, verb] = [aRequest(), aVerb()];
    await Promise.all(
      Array.from({ length: 20 }, () => readThenRun(bed.ctx, { ...request }, verb.run)),
    );
    expect(verb.runs).toBeGreaterThan(1);
  });

  test("a duplicate that waited for a failure does the thing itself", async () => {
    const request = aRequest();
    const { promise: waiting, resolve } = Promise.withResolvers<void>();
    const verb = aVerb(async (tx, run) => {
      if (run > 1) return { run };
      await untilSomebodyWaits(tx);
      throw new Error("crash");
    });
    const first = once(bed.ctx, request, async (tx) => {
      resolve();
      return verb.run(tx);
    });
    await waiting;
    const second = once(bed.ctx, { ...request }, verb.run);
    await expect(first).rejects.toThrow("crash");
    expect(await second).toEqual({ answer: { result: { run: 2 } }, replayed: false });
    expect(await verb.effects()).toBe(1);
  });

  test("what fails on the way leaves neither effect nor answer", async () => {
    const request = aRequest();
    const causes: ((tx: Context) => Promise<unknown>)[] = [
      async () => {
        throw new Error("a bug");
      },
      async () => {
        throw new DomainError("OVERLOADED");
      },
      async () => {
        throw new DomainError("NOT_SIGNED_IN");
      },
      (tx) => tx.db.execute(sql`select pg_terminate_backend(pg_backend_pid())`),
      (tx) => tx.db.execute(sql`select 1 / 0`),
    ];
    const verb = aVerb((tx, run) => causes[run - 1]?.(tx) ?? Promise.resolve({ run }));
    for (const _ of causes) await expect(once(bed.ctx, request, verb.run)).rejects.toThrow();
    expect(await verb.effects()).toBe(0);
    expect((await once(bed.ctx, request, verb.run)).answer).toEqual({ result: { run: 6 } });
    expect(await verb.effects()).toBe(1);
  });

  test("after a day a key is a new one", async () => {
    const [request, verb] = [aRequest(), aVerb()];
    await once(bed.ctx, request, verb.run);
    const [row] = await bed.ctx.db.execute<{ hours: number }>(sql`
      update idempotency_keys set expires_at = now() - interval '1 second' where key = ${request.key}
      returning extract(epoch from old.expires_at - created_at)::int / 3600 as hours`);
    expect(row?.hours).toBe(24);
    const again = await once(bed.ctx, { ...request, requestHash: "another" }, verb.run);
    expect(again).toEqual({ answer: { result: { run: 2 } }, replayed: false });
  });

  test("an answer that was never written is never invented", async () => {
    const request = aRequest();
    await bed.ctx.db.execute(sql`
      insert into idempotency_keys (organization_id, user_id, key, procedure, request_hash, expires_at)
      values (${organizationId}, ${request.userId}, ${request.key}, 'events.create', 'hash', now() + interval '1 day')`);
    expect(await reasonOf(once(bed.ctx, request, aVerb().run))).toBe("TIMEOUT");
  });
});

/** What looks right as long as nobody clicks twice. */
async function readThenRun(
  ctx: Context,
  request: KeyedRequest,
  run: (tx: Context) => Promise<unknown>,
): Promise<void> {
  const known = await ctx.db.execute(sql`
    select answer from idempotency_keys where user_id = ${request.userId} and key = ${request.key}`);
  if (known.length > 0) return;
  const result = await run(ctx);
  await ctx.db.execute(sql`
    insert into idempotency_keys (organization_id, user_id, key, procedure, request_hash, answer, expires_at)
    values (${request.organizationId}, ${request.userId}, ${request.key}, ${request.procedure},
      ${request.requestHash}, ${JSON.stringify({ result })}::json, now() + interval '1 day')
    on conflict do nothing`);
}

async function untilSomebodyWaits(tx: Context): Promise<void> {
  for (;;) {
    const waiting = await tx.db.execute(sql`
      select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())
      union all select 1 from pg_locks where not granted and locktype = 'transactionid'`);
    if (waiting.length > 0) return;
  }
}
