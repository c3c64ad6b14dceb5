import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

/** Work written with the change that causes it: the record of what must run, whatever Redis forgets. */
export const outbox = pgTable(
  "outbox",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    organizationId: uuid(),
    job: text().notNull(),
    /** Rows of one key run in the order they were written. */
    key: text(),
    /** Set where the same intent may be written twice. */
    dedupeKey: text(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    requestId: text(),
    createdAt: createdAt(),
    /** When its next attempt is due: what waiting is measured from. */
    dueAt: createdAt(),
    /** When the relay looks at the row next: due, or the end of a lease, or the end of a back-off. */
    nextAt: createdAt(),
    deliveries: integer().notNull().default(0),
    /** One run at a time, whichever delivery starts it; a row that was put off has no run, and rests until then. */
    runningUntil: instant(),
    /** Names the run that holds the row; one that was thought dead and wakes up changes nothing. */
    run: uuid(),
    attempts: integer().notNull().default(0),
    doneAt: instant(),
    deadAt: instant(),
    lastError: text(),
  },
  (table) => [
    index("outbox_next").on(table.nextAt, table.id).where(sql`done_at is null and dead_at is null`),
    index("outbox_open_key")
      .on(table.key, table.id)
      .where(sql`key is not null and done_at is null and dead_at is null`),
    uniqueIndex("outbox_dedupe").on(table.dedupeKey),
    // What was given up and nobody has dealt with: few rows among the many of a week.
    index("outbox_dead").on(table.deadAt).where(sql`dead_at is not null and done_at is null`),
    index("outbox_done").on(table.doneAt).where(sql`done_at is not null`),
  ],
);
