import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import { PgPreparedQuery } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import type { Db } from "./context.ts";
import { createPool, type Pool, type Sender, type TransactionSender } from "./pool.ts";

const MAX_WAITING = 1_000;

export type DatabaseOptions = {
  url: string;
  replicaUrl?: string | undefined;
  /** Connections of this process to each server. */
  max: number;
  applicationName: string;
  metrics?: Metrics | undefined;
  timeouts?: Partial<Timeouts>;
  maxWaiting?: number;
};

/** Each is shorter than the next, so that the innermost one speaks first; 0 is none. */
export type Timeouts = {
  acquireMs: number;
  lockMs: number;
  statementMs: number;
  answerMs: number;
  idleInTransactionMs: number;
  transactionMs: number;
};

const TIMEOUTS: Timeouts = {
  acquireMs: 500,
  lockMs: 1_000,
  statementMs: 3_000,
  answerMs: 4_000,
  idleInTransactionMs: 5_000,
  transactionMs: 6_000,
};

export type Database = AsyncDisposable & {
  primary: Db;
  /** The primary when there is no replica. */
  replica: Db;
  state: () => { primary: ReturnType<Pool["state"]>; replica?: ReturnType<Pool["state"]> };
};

/** Every statement is answered or refused in bounded time, whatever happens to the server or the network. */
export function createDatabase(options: DatabaseOptions): Database {
  const pool = openPool("primary", options.url, options);
  const replicaPool = options.replicaUrl
    ? openPool("replica", options.replicaUrl, options)
    : undefined;
  const primary = toDb(pool);
  const replica = replicaPool ? toDb(replicaPool) : primary;
  return {
    primary: Object.assign(primary, { replica }),
    replica: Object.assign(replica, { replica }),
    state: () => ({
      primary: pool.state(),
      ...(replicaPool ? { replica: replicaPool.state() } : {}),
    }),
    async [Symbol.asyncDispose]() {
      await Promise.all([pool[Symbol.asyncDispose](), replicaPool?.[Symbol.asyncDispose]()]);
    },
  };
}

function openPool(db: "primary" | "replica", url: string, options: DatabaseOptions): Pool {
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  const { statementMs, answerMs } = timeouts;
  if (answerMs > 0 && (statementMs === 0 || statementMs >= answerMs)) {
    throw new Error("A statement must end by itself: statementMs is to be shorter than answerMs.");
  }
  return createPool({
    db,
    url,
    max: options.max,
    maxWaiting: options.maxWaiting ?? MAX_WAITING,
    acquireTimeoutMs: timeouts.acquireMs,
    answerMs: timeouts.answerMs,
    metrics: options.metrics,
    session: {
      application_name: options.applicationName,
      timezone: "UTC",
      lock_timeout: String(timeouts.lockMs),
      statement_timeout: String(timeouts.statementMs),
      idle_in_transaction_session_timeout: String(timeouts.idleInTransactionMs),
      transaction_timeout: String(timeouts.transactionMs),
      ...(db === "replica" ? { default_transaction_read_only: "on" } : {}),
    },
  });
}

// drizzle's own puts the statement and its parameters, which are personal data, into the message of every error.
Object.assign(PgPreparedQuery.prototype, {
  queryWithCache: <Result>(_text: string, _parameters: unknown[], query: () => Promise<Result>) =>
    query(),
});

function toDb(pool: Pool) {
  const client = {
    ...toClient(pool),
    begin: <Result>(work: (client: TransactionClient) => Promise<Result>) =>
      pool.begin((inner) => work(toTransactionClient(inner))),
  };
  // drizzle calls nothing of the driver but these.
  return drizzle({ client: client as unknown as Sql, casing: "snake_case" });
}

type Client = ReturnType<typeof toClient>;
type TransactionClient = Client & {
  savepoint: <Result>(work: (client: TransactionClient) => Promise<Result>) => Promise<Result>;
};

function toClient(sender: Sender) {
  return {
    // drizzle writes its own parsers in here; ours are those of the connections.
    options: { parsers: {}, serializers: {} },
    unsafe: (text: string, parameters: unknown[] = []) => {
      const statement = { text, parameters, asArrays: false };
      // One microtask later, so that `.values()` is heard first.
      const rows = Promise.resolve().then(() => sender.send(statement));
      const values = () => {
        statement.asArrays = true;
        return rows;
      };
      return Object.assign(rows, { values });
    },
  };
}

function toTransactionClient(sender: TransactionSender): TransactionClient {
  return {
    ...toClient(sender),
    savepoint: (work) => sender.savepoint((inner) => work(toTransactionClient(inner))),
  };
}
