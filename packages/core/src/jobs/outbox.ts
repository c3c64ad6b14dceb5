import { and, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { outbox } from "#core/db/schema/outbox.ts";
import { transaction } from "#core/db/transaction.ts";
import { JOB_NAMES, type JobName } from "./catalog.ts";
import { retryPauseSeconds } from "./retry-pause.ts";

/** A lost delivery comes back after this long, so that all run within a minute of everything being back. */
const LEASE_SECONDS = 45;
/** A run says that it lives every few seconds; one that has crashed is taken over after this long. */
const RUN_SECONDS = 15;
export const KEEP_RUN_EVERY_MS = 5_000;

export type DueJob = {
  id: number;
  organizationId: string | null;
  job: JobName;
  deliveries: number;
  /** In milliseconds, by the database's clock. */
  claimedAt: number;
};

/**
 * Takes due rows of these jobs for delivery; no two callers get the same one before its lease ends.
 * A row waits while an older one of its key is open, so that a person reads things in order. That is asked for each row
 * by itself, and with `<=`: of a join or of an equality a planner thinks that it has to read all that waits for a few.
 */
export async function claimDue(
  ctx: Context,
  limit: number,
  jobs: JobName[] = JOB_NAMES,
): Promise<DueJob[]> {
  const rows = await ctx.db.execute<{
    id: string;
    organization_id: string | null;
    job: JobName;
    deliveries: number;
    claimed_at: number;
  }>(sql`
    update outbox
    set next_at = now() + make_interval(secs => ${LEASE_SECONDS}),
        deliveries = deliveries + 1
    where id = any(array(
      select due.id
      from outbox due
      where due.done_at is null and due.dead_at is null and due.next_at <= now()
        and due.job = any(${sql.param(jobs)}::text[])
        and (due.key is null or due.id <= (
          select min(first.id) from outbox first
          where first.key = due.key and first.done_at is null and first.dead_at is null
        ))
      order by due.next_at, due.id
      limit ${limit}
      for update skip locked
    ))
    returning id, organization_id, job, deliveries,
      floor(extract(epoch from now()) * 1000)::float8 as claimed_at`);
  return rows
    .map((row) => ({
      id: Number(row.id),
      organizationId: row.organization_id,
      job: row.job,
      deliveries: row.deliveries,
      claimedAt: row.claimed_at,
    }))
    .toSorted((one, other) => one.id - other.id);
}

/**
 * Gives claimed rows back at once when they could not be handed to the queue. Their delivery number is used up:
 * an add that did happen unseen has taken it.
 */
export async function unclaim(ctx: Context, ids: number[]): Promise<void> {
  await ctx.db.execute(sql`
    update outbox
    set next_at = now() + interval '1 second'
    where id = any(${sql.param(ids)}::bigint[]) and done_at is null and dead_at is null`);
}

export type Run = {
  id: number;
  /** Only who knows it changes the row. */
  token: string;
  organizationId: string | null;
  job: string;
  payload: unknown;
  attempts: number;
  requestId: string | null;
  dueAt: Date;
  /** From due to started, by the clock that both were written with. */
  waitedSeconds: number;
};

export type Effect = (tx: Context) => Promise<void>;

/**
 * Starts a run, or gives undefined when the work is done, given up, running elsewhere, or at rest: a row that was
 * delivered several times may be asked for again while its pause is not over.
 */
export async function startRun(ctx: Context, id: number): Promise<Run | undefined> {
  const [run] = await ctx.db
    .update(outbox)
    .set({ ...lease(), run: sql`gen_random_uuid()` })
    .where(
      and(
        eq(outbox.id, id),
        isOpen(),
        sql`${outbox.dueAt} <= now()`,
        sql`(${outbox.runningUntil} is null or ${outbox.runningUntil} <= now())`,
      ),
    )
    .returning({
      id: outbox.id,
      token: sql<string>`${outbox.run}`,
      organizationId: outbox.organizationId,
      job: outbox.job,
      payload: outbox.payload,
      attempts: outbox.attempts,
      requestId: outbox.requestId,
      dueAt: outbox.dueAt,
      waitedSeconds: sql<number>`extract(epoch from now() - ${outbox.dueAt})::float8`,
    });
  return run;
}

/** Tells that a run is still at work. */
export async function keepRun(ctx: Context, run: Run): Promise<void> {
  await ctx.db.update(outbox).set(lease()).where(isHeldBy(run));
}

/** Closes a row and records its effect in one transaction; false, and neither, where another run has the row. */
export async function finishRun(
  ctx: Context,
  run: Run,
  effect: Effect | undefined,
): Promise<boolean> {
  return await transaction(ctx, async (tx) => {
    const closed = await tx.db
      .update(outbox)
      .set({ ...NOT_RUNNING, doneAt: sql`now()`, lastError: null })
      .where(isHeldBy(run))
      .returning({ id: outbox.id });
    if (closed.length === 0) return false;
    await effect?.(tx);
    return true;
  });
}

/** Uses up an attempt and makes the row due again after its pause. */
export async function retryRun(ctx: Context, run: Run, error: string): Promise<void> {
  const dueAt = sql`now() + make_interval(secs => ${retryPauseSeconds(run.attempts)})`;
  await ctx.db
    .update(outbox)
    .set({
      ...NOT_RUNNING,
      attempts: run.attempts + 1,
      dueAt,
      nextAt: dueAt,
      lastError: error,
    })
    .where(isHeldBy(run));
}

/** Puts a row back without using up an attempt: what it needs was known to be down. */
export async function postponeRun(ctx: Context, run: Run, seconds: number): Promise<void> {
  const end = sql`now() + make_interval(secs => ${seconds * (0.5 + Math.random() / 2)})`;
  await ctx.db
    .update(outbox)
    .set({ run: null, runningUntil: end, nextAt: end })
    .where(isHeldBy(run));
}

/** Gives a row up together with what that means; it stays, with its reason, until an operator decides. */
export async function killRun(
  ctx: Context,
  run: Run,
  { error, effect }: { error: string; effect: Effect | undefined },
): Promise<void> {
  await transaction(ctx, async (tx) => {
    const closed = await tx.db
      .update(outbox)
      .set({ ...NOT_RUNNING, attempts: run.attempts + 1, deadAt: sql`now()`, lastError: error })
      .where(isHeldBy(run))
      .returning({ id: outbox.id });
    if (closed.length === 1) await effect?.(tx);
  });
}

const NOT_RUNNING = { run: null, runningUntil: null };

function lease() {
  const end = sql`now() + make_interval(secs => ${RUN_SECONDS})`;
  return { runningUntil: end, nextAt: end };
}

function isHeldBy(run: Run) {
  return and(eq(outbox.id, run.id), eq(outbox.run, run.token), isOpen());
}

function isOpen() {
  return and(isNull(outbox.doneAt), isNull(outbox.deadAt));
}
