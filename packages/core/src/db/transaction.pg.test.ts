import { DomainError } from "@tsudoi/shared/errors.ts";
import { sql } from "drizzle-orm";
import { integer, pgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deadlineIn } from "#core/platform/deadline.ts";
import { contextOf } from "#test/backend-kills.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { type FaultProxy, startFaultProxy } from "#test/fault-proxy.ts";
import { createDatabase, type Database } from "./client.ts";
import type { Context } from "./context.ts";
import { CommitUnknownError, violatedConstraint } from "./errors.ts";
import { savepoint, transaction } from "./transaction.ts";

const counters = pgTable("counters", { id: integer().primaryKey(), value: integer().notNull() });

let server: TestDatabase;
let proxy: FaultProxy;
let db: Database;
let ctx: Context;
beforeAll(async () => {
  server = await createTestDatabase();
  proxy = await startFaultProxy(server.url);
  db = createDatabase({ url: proxy.through(server.url), max: 2, applicationName: "transactions" });
  ctx = contextOf(db);
  await ctx.db.execute(sql`create table counters (id integer primary key, value integer not null)`);
});
beforeEach(async () => {
  await ctx.db.delete(counters);
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

describe("db/transaction", () => {
  test("commits everything", async () => {
    const result = await transaction(ctx, async (tx) => {
      await add(tx, 1);
      await add(tx, 2);
      return "done";
    });
    expect(result).toBe("done");
    expect(await ids()).toEqual([1, 2]);
  });

  test("undoes everything when the work throws, and throws that", async () => {
    const soldOut = new DomainError("SOLD_OUT");
    const failing = transaction(ctx, async (tx) => {
      await add(tx, 1);
      throw soldOut;
    });
    await expect(failing).rejects.toBe(soldOut);
    expect(await ids()).toEqual([]);
  });

  test("joins an open transaction, whose end decides", async () => {
    const failing = transaction(ctx, async (outer) => {
      await transaction(outer, (inner) => add(inner, 1));
      expect(await ids(outer)).toEqual([1]);
      throw new DomainError("STATE_CONFLICT");
    });
    await expect(failing).rejects.toThrow("STATE_CONFLICT");
    expect(await ids()).toEqual([]);
    expect(db.state().primary.used).toBe(0);
  });

  test("reads what it wrote, also where the replica is named", async () => {
    await transaction(ctx, async (tx) => {
      await add(tx, 1);
      expect(await tx.db.replica.select().from(counters)).toHaveLength(1);
    });
  });

  test("does not commit what failed in it, even when the failure was swallowed", async () => {
    const swallowing = transaction(ctx, async (tx) => {
      await add(tx, 1);
      await add(tx, 1).catch(() => {});
    });
    await expect(swallowing).rejects.toMatchObject({ code: "23505" });
    expect(await ids()).toEqual([]);
  });

  test("starts nothing after the deadline, and commits nothing after it", async () => {
    const late = transaction({ ...ctx, deadline: deadlineIn(0) }, () => Promise.resolve("ran"));
    await expect(late).rejects.toMatchObject({ reason: "TIMEOUT" });
    const deadline = { at: Number.POSITIVE_INFINITY };
    const overrun = transaction({ ...ctx, deadline }, async (tx) => {
      await add(tx, 1);
      deadline.at = 0;
    });
    await expect(overrun).rejects.toMatchObject({ reason: "TIMEOUT" });
    expect(await ids()).toEqual([]);
  });
});

describe("db/transaction effects", () => {
  test("come after the outermost commit, in order, and not at all without one", async () => {
    const seen: string[] = [];
    await transaction(ctx, async (outer) => {
      await transaction(outer, async (inner) => inner.afterCommit?.(() => seen.push("inner")));
      await savepoint(outer, async (inner) => inner.afterCommit?.(() => seen.push("savepoint")));
      const undone = savepoint(outer, async (inner) => {
        inner.afterCommit?.(() => seen.push("undone"));
        throw new DomainError("SOLD_OUT");
      });
      await undone.catch(() => {});
      outer.afterCommit?.(() => seen.push("outer"));
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual(["inner", "savepoint", "outer"]);
    const failing = transaction(ctx, async (tx) => {
      tx.afterCommit?.(() => seen.push("never"));
      throw new DomainError("STATE_CONFLICT");
    });
    await expect(failing).rejects.toThrow("STATE_CONFLICT");
    expect(seen).not.toContain("never");
    expect(ctx.afterCommit).toBeUndefined();
  });

  test("of a run that did not count do not come", async () => {
    const seen: number[] = [];
    let runs = 0;
    await transaction(ctx, async (tx) => {
      runs += 1;
      const run = runs;
      tx.afterCommit?.(() => seen.push(run));
      if (run === 1) throw Object.assign(new Error("collision"), { code: "40001" });
    });
    expect(seen).toEqual([2]);
  });
});

describe("db/transaction savepoints", () => {
  test("undo their own work alone", async () => {
    await transaction(ctx, async (tx) => {
      await add(tx, 1);
      const twice = savepoint(tx, async (attempt) => {
        await add(attempt, 2);
        await add(attempt, 1);
      });
      expect(violatedConstraint(await errorOf(twice))).toBe("counters_pkey");
      await savepoint(tx, (attempt) => add(attempt, 3));
    });
    expect(await ids()).toEqual([1, 3]);
  });

  test("need a transaction around them", async () => {
    await expect(savepoint(ctx, (tx) => add(tx, 1))).rejects.toThrow("open transaction");
  });
});

describe("db/transaction collisions", () => {
  test("runs the work again when others got in its way, twice at the most", async () => {
    expect(await collide({ times: 2 })).toEqual({ runs: 3, result: "done" });
    expect(await collide({ times: 3 })).toEqual({
      runs: 3,
      error: expect.objectContaining({ reason: "OVERLOADED" }),
    });
    expect(await ids()).toEqual([2]);
  });

  test("leaves running again to the transaction it joined", async () => {
    let inner = 0;
    let outer = 0;
    await transaction(ctx, async (tx) => {
      outer += 1;
      await transaction(tx, async () => {
        inner += 1;
        if (inner === 1) await raise(tx, "40001");
      });
    });
    expect({ inner, outer }).toEqual({ inner: 2, outer: 2 });
  });

  test("two that lock each other both end, with both done", async () => {
    // The server looks for deadlocks after a second by default, when a wait for a lock would be over.
    const timeouts = { lockMs: 2_500 };
    await using patient = createDatabase({
      url: server.url,
      max: 2,
      applicationName: "patient",
      timeouts,
    });
    await Promise.all([add(ctx, 1), add(ctx, 2)]);
    const locked = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const crossing = [
      [1, 2],
      [2, 1],
    ].map((order, index) =>
      transaction(contextOf(patient), async (tx) => {
        for (const id of order) {
          await tx.db.update(counters).set({ value: sql`value + 1` }).where(sql`id = ${id}`);
          locked[index]?.resolve();
          await locked[1 - index]?.promise;
        }
      }),
    );
    await Promise.all(crossing);
    expect((await ctx.db.select().from(counters)).map(({ value }) => value)).toEqual([2, 2]);
  });
});

describe("db/transaction on a link that fails", () => {
  test("begins again, once, when the connection had died", async () => {
    await ids();
    proxy.cutNext("client");
    await transaction(ctx, (tx) => add(tx, 1));
    expect(await ids()).toEqual([1]);
  });

  test("tells its caller when nobody knows whether it was committed", async () => {
    const lostRequest = transaction(ctx, async (tx) => {
      await add(tx, 1);
      proxy.cutNext("client");
    });
    const first = await errorOf(lostRequest);
    const lostAnswer = transaction(ctx, async (tx) => {
      await add(tx, 2);
      proxy.cutNext("server");
    });
    const second = await errorOf(lostAnswer);
    for (const error of [first, second]) {
      expect(error).toBeInstanceOf(CommitUnknownError);
      expect(error).toMatchObject({ reason: "TIMEOUT" });
    }
    expect(await ids()).toEqual([2]);
  });

  test("fails without a second run when the connection dies in the middle", async () => {
    let runs = 0;
    const dying = transaction(ctx, async (tx) => {
      runs += 1;
      await add(tx, 1);
      proxy.cutNext("server");
      await add(tx, 2);
    });
    await expect(dying).rejects.toMatchObject({ name: "DomainError", reason: "TIMEOUT" });
    expect(runs).toBe(1);
    expect(await ids()).toEqual([]);
    expect(db.state().primary.used).toBe(0);
  });
});

async function add(tx: Context, id: number): Promise<void> {
  await tx.db.insert(counters).values({ id, value: 0 });
}

async function ids({ db: queries }: Pick<Context, "db"> = ctx): Promise<number[]> {
  const rows = await queries.select({ id: counters.id }).from(counters).orderBy(counters.id);
  return rows.map(({ id }) => id);
}

/** Fails as if other transactions had been in the way so many times. */
async function collide({ times }: { times: number }) {
  let runs = 0;
  try {
    const result = await transaction(ctx, async (tx) => {
      runs += 1;
      await add(tx, times);
      if (runs <= times) await raise(tx, "40001");
      return "done";
    });
    return { runs, result };
  } catch (error) {
    return { runs, error };
  }
}

async function raise(tx: Context, code: "40001"): Promise<void> {
  await tx.db.execute(sql`select set_config('test.code', ${code}, true)`);
  await tx.db.execute(
    sql`do $$ begin raise exception using errcode = current_setting('test.code'); end $$`,
  );
}

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => new Error("It did not fail."),
    (error: unknown) => error,
  );
}
