import { sql } from "drizzle-orm";
import { timestamp, uuid } from "drizzle-orm/pg-core";

/** Milliseconds, as the driver hands them over: a cursor must carry exactly what the column holds. */
export function instant() {
  return timestamp({ withTimezone: true, precision: 3, mode: "date" });
}

export function createdAt() {
  return instant().notNull().default(sql`now()`);
}

/** Ids are made by the database, in order of time. */
export function newId() {
  return uuid().notNull().default(sql`uuidv7()`);
}
