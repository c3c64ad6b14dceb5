import { performance } from "node:perf_hooks";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { Sql, TransactionSql } from "postgres";
import { currentCall } from "#core/platform/call.ts";
import { NO_DEADLINE, refuseIfPast } from "#core/platform/deadline.ts";
import { Connection, type Inner } from "./connection.ts";
import { toRefusal } from "./errors.ts";
import { Gate } from "./gate.ts";
import { toParameter } from "./values.ts";

/** A session keeps its named statements in memory, so lists of every possible length must not fill it. */
const MOST_PREPARED = 500;

export type PoolOptions = {
  url: string;
  db: "primary" | "replica";
  max: number;
  maxWaiting: number;
  acquireTimeoutMs: number;
  answerMs: number;
  session: Record<string, string>;
  metrics?: Metrics | undefined;
};

export type Statement = { text: string; parameters: unknown[]; asArrays: boolean };

/** Where statements go: a connection from the pool, or the one of an open transaction. */
export type Sender = { send: (statement: Statement) => Promise<object[]> };
export type TransactionSender = Sender & {
  savepoint: <Result>(work: (inner: TransactionSender) => Promise<Result>) => Promise<Result>;
};

export type Pool = Sender &
  AsyncDisposable & {
    begin: <Result>(work: (inner: TransactionSender) => Promise<Result>) => Promise<Result>;
    state: Gate<unknown>["state"];
  };

/** Lends each connection to one statement or one transaction at a time. */
export function createPool(options: PoolOptions): Pool {
  const { db, metrics } = options;
  const onOpen = () => metrics?.dbClientConnectionsOpenedTotal.inc({ db });
  const connections = Array.from(
    { length: options.max },
    () => new Connection({ ...options, onOpen }),
  );
  const gate = new Gate({ ...options, items: connections });
  const deliver = createDelivery(options);
  const stopCollecting = collect(gate, options);

  function createInner(inner: Inner): TransactionSender {
    return {
      send: (statement) => inner.run((sql) => deliver(sql, statement)),
      savepoint: (work) => inner.savepoint((nested) => work(createInner(nested))),
    };
  }

  return {
    send: (statement) =>
      gate.use(deadline(), (connection) => connection.run((sql) => deliver(sql, statement))),
    begin: (work) =>
      gate.use(deadline(), (connection) => connection.begin((inner) => work(createInner(inner)))),
    state: () => gate.state(),
    async [Symbol.asyncDispose]() {
      gate.close();
      stopCollecting();
      await Promise.all(connections.map((connection) => connection.end()));
    },
  };
}

function deadline() {
  return currentCall()?.deadline ?? NO_DEADLINE;
}

type Delivery = (sql: Sql | TransactionSql, statement: Statement) => Promise<object[]>;

/** Sends a statement, counted and measured under the call it belongs to; none starts after the deadline. */
function createDelivery({ db, metrics }: PoolOptions): Delivery {
  const prepared = new Set<string>();

  function isPrepared(text: string): boolean {
    if (prepared.size < MOST_PREPARED) prepared.add(text);
    return prepared.has(text);
  }

  return async (sql, { text, parameters, asArrays }) => {
    refuseIfPast(deadline());
    const call = currentCall();
    if (call) call.queries += 1;
    const started = performance.now();
    let outcome: "ok" | "error" = "error";
    try {
      // Checked by the server, which knows the type of every parameter.
      const values = parameters.map(toParameter) as never[];
      const query = sql.unsafe(text, values, { prepare: isPrepared(text) });
      const rows = await (asArrays ? query.values() : query);
      outcome = "ok";
      return rows;
    } catch (error) {
      // The driver's stack ends at its socket; this one names the caller.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw toRefusal(error);
    } finally {
      const seconds = (performance.now() - started) / 1_000;
      const labels = { db, query: call?.name ?? "other", outcome };
      metrics?.dbClientOperationDurationSeconds.observe(labels, seconds);
    }
  };
}

function collect(
  gate: Pick<Gate<unknown>, "state">,
  { db, metrics, max }: PoolOptions,
): () => void {
  metrics?.dbClientConnectionMax.set({ db }, max);
  const stops = [
    metrics?.dbClientConnections.collectWith(() => {
      const { used, idle } = gate.state();
      metrics.dbClientConnections.set({ db, state: "used" }, used);
      metrics.dbClientConnections.set({ db, state: "idle" }, idle);
    }),
    metrics?.dbClientConnectionPendingRequests.collectWith(() => {
      metrics.dbClientConnectionPendingRequests.set({ db }, gate.state().pending);
    }),
  ];
  return () => {
    for (const stop of stops) stop?.();
  };
}
