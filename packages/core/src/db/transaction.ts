import { setTimeout as wait } from "node:timers/promises";
import { is } from "drizzle-orm";
import { PgTransaction } from "drizzle-orm/pg-core";
import { refuseIfPast } from "#core/platform/deadline.ts";
import type { Context, Db } from "./context.ts";
import {
  CommitUnknownError,
  isAnswered,
  isCollision,
  isConnectionLost,
  toRefusal,
} from "./errors.ts";

const MOST_COLLISIONS = 2;
const COLLISION_PAUSE_MS = 50;

type Work<Result> = (tx: Context) => Promise<Result>;

/**
 * All of `work` is committed, or none of it; it joins an open transaction, whose end then decides.
 * `work` may run again when others got in its way, so its only effects are in the database
 * or handed to `tx.afterCommit`.
 */
export async function transaction<Result>(ctx: Context, work: Work<Result>): Promise<Result> {
  if (is(ctx.db, PgTransaction)) return await work(ctx);
  let lost = 0;
  let collisions = 0;
  for (;;) {
    const outcome = await attempt(ctx, work);
    if (outcome.phase === "committed") {
      for (const effect of outcome.effects) effect();
      return outcome.result;
    }
    const { phase, error } = outcome;
    if (phase === "begin" && isConnectionLost(error) && lost++ === 0) continue;
    if (phase === "commit" && !isAnswered(error)) throw new CommitUnknownError(error);
    if (!isCollision(error) || collisions++ === MOST_COLLISIONS) throw toRefusal(error);
    await wait(Math.random() * COLLISION_PAUSE_MS * collisions);
  }
}

type Outcome<Result> =
  | { phase: "committed"; result: Result; effects: (() => void)[] }
  | { phase: "begin" | "body" | "commit"; error: unknown };

async function attempt<Result>(ctx: Context, work: Work<Result>): Promise<Outcome<Result>> {
  let phase: "begin" | "body" | "commit" = "begin";
  const effects: (() => void)[] = [];
  const afterCommit = (effect: () => void) => void effects.push(effect);
  try {
    refuseIfPast(ctx.deadline);
    const result = await ctx.db.transaction(async (db) => {
      phase = "body";
      const done = await work({ ...ctx, db: asDb(db), afterCommit });
      refuseIfPast(ctx.deadline);
      phase = "commit";
      return done;
    });
    return { phase: "committed", result, effects };
  } catch (error) {
    return { phase, error };
  }
}

/** Undoes `work` alone when it throws, with what it put off, and throws on; the transaction around it goes on. */
export async function savepoint<Result>(tx: Context, work: Work<Result>): Promise<Result> {
  if (!is(tx.db, PgTransaction)) throw new Error("A savepoint needs an open transaction.");
  const effects: (() => void)[] = [];
  const afterCommit = (effect: () => void) => void effects.push(effect);
  const result = await tx.db.transaction((db) => work({ ...tx, db: asDb(db), afterCommit }));
  for (const effect of effects) tx.afterCommit?.(effect);
  return result;
}

/** A read that may lag does not, inside a transaction: it sees what the transaction wrote. */
function asDb(db: Omit<Db, "replica">): Db {
  return Object.assign(db, { replica: db }) as Db;
}
