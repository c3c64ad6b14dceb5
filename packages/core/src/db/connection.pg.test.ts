import { setTimeout as wait } from "node:timers/promises";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contextOf } from "#test/backend-kills.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { type FaultProxy, startFaultProxy } from "#test/fault-proxy.ts";
import { createDatabase, type Database, type DatabaseOptions } from "./client.ts";
import { transaction } from "./transaction.ts";

const ANSWER_MS = 500;
const CONNECTIONS = 2;

let server: TestDatabase;
let proxy: FaultProxy;
beforeAll(async () => {
  server = await createTestDatabase();
  proxy = await startFaultProxy(server.url);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

describe("db/connection on a link that fails", () => {
  test("gives a silent server up, and serves again when the link is back", async () => {
    await using db = await connected();
    await proxy.set("freeze");
    expect(await reasonsOf(askAll(db))).toEqual(["TIMEOUT", "TIMEOUT"]);
    await proxy.set("pass");
    expect(await reasonsOf(askAll(db))).toEqual(["ok", "ok"]);
    expect(db.state().primary).toEqual({ used: 0, idle: CONNECTIONS, pending: 0 });
  });

  test("without the limit, a silent server holds the caller for ever", async () => {
    await using db = await connected({ timeouts: { answerMs: 0 } });
    await proxy.set("freeze");
    const asking = reasonsOf(askAll(db));
    expect(await Promise.race([asking, wait(ANSWER_MS * 2, "held")])).toBe("held");
    await proxy.set("pass");
    expect(await asking).toEqual(["ok", "ok"]);
  });

  test("gives a server up that falls silent in the middle of a transaction, or at its end", async () => {
    await using db = await connected();
    const inside = transaction(contextOf(db), async (tx) => {
      await proxy.set("freeze");
      await tx.db.execute(sql`select 1`);
    });
    expect(await reasonsOf([inside])).toEqual(["TIMEOUT"]);
    await proxy.set("pass");
    const ending = transaction(contextOf(db), async (tx) => {
      await tx.db.execute(sql`select 1`);
      await proxy.set("freeze");
    });
    expect(await reasonsOf([ending])).toEqual(["TIMEOUT"]);
    await proxy.set("pass");
    expect(await reasonsOf(askAll(db))).toEqual(["ok", "ok"]);
  });

  test("does not wait for a connection that never comes about", async () => {
    await proxy.set("freeze");
    await using db = open({ timeouts: {} });
    expect(await reasonsOf(askAll(db))).toEqual(["OVERLOADED", "OVERLOADED"]);
    await proxy.set("pass");
    expect(await reasonsOf(askAll(db))).toEqual(["ok", "ok"]);
  });

  test.each(["refuse", "hang-up"] as const)(
    "answers at once when the server would %s",
    async (fault) => {
      await using db = await connected();
      await proxy.set(fault);
      proxy.reset();
      for (let round = 0; round < 3; round += 1) {
        expect(await reasonsOf(askAll(db))).not.toContain("ok");
      }
      await proxy.set("pass");
      await expect.poll(() => reasonsOf(askAll(db))).toEqual(["ok", "ok"]);
      expect(db.state().primary).toEqual({ used: 0, idle: CONNECTIONS, pending: 0 });
    },
  );

  test("survives resets at every moment", async () => {
    await using db = await connected();
    const reasons = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      const asking = reasonsOf([...askAll(db), ...askAll(db)]);
      if (round % 2 === 0) await wait(round / 4);
      proxy.reset();
      for (const reason of await asking) reasons.add(reason);
    }
    await expect.poll(() => reasonsOf(askAll(db))).toEqual(["ok", "ok"]);
    expect([...reasons].sort()).toEqual(["TIMEOUT", "ok"]);
  });
});

function open(overrides: Partial<DatabaseOptions> = {}): Database {
  return createDatabase({
    url: proxy.through(server.url),
    max: CONNECTIONS,
    applicationName: "faults",
    timeouts: { answerMs: ANSWER_MS, statementMs: ANSWER_MS / 2, acquireMs: ANSWER_MS * 10 },
    ...overrides,
  });
}

/** With every connection open, over a link that works. */
async function connected(overrides: Partial<DatabaseOptions> = {}): Promise<Database> {
  await proxy.set("pass");
  const db = open(overrides);
  await Promise.all(askAll(db));
  return db;
}

function askAll(db: Database): Promise<unknown>[] {
  return Array.from({ length: CONNECTIONS }, () => db.primary.execute(sql`select 1`).execute());
}

async function reasonsOf(work: Promise<unknown>[]): Promise<string[]> {
  const results = await Promise.allSettled(work);
  return results.map((result) => {
    if (result.status === "fulfilled") return "ok";
    return result.reason instanceof DomainError ? result.reason.reason : String(result.reason);
  });
}
