import type { HouseCase } from "./house-case.ts";
import { CREATE } from "./snippets.ts";

const SCHEMA = "packages/core/src/db/schema/events.ts";
const table = 'export const events = pgTable("events", {});\n';

export const TABLE_CASES: HouseCase[] = [
  {
    title: "a table has its file",
    lawful: { [SCHEMA]: table },
    broken: {
      "another name": { [SCHEMA]: table.replace('"events"', '"event"') },
      "two tables": { [SCHEMA]: `${table}export const rooms = pgTable("rooms", {});\n` },
    },
  },
  {
    title: "a table has one writer",
    lawful: {
      [SCHEMA]: table,
      [CREATE]: "tx.db.insert(events).values({});\ntx.db.update(events).set({ title: 1 });",
      "packages/core/src/registrations/register.ts":
        "sql`update events set seats_taken = seats_taken + 1 where id = 1`",
      "packages/core/src/rooms/book.ts": "sql`select id from events for update`",
    },
    broken: {
      "a second feature, built": {
        [SCHEMA]: table,
        [CREATE]: "tx.db.insert(events);",
        "packages/core/src/rooms/book.ts": "tx.db.delete(events)",
      },
      "a second feature, in SQL": {
        [SCHEMA]: table,
        [CREATE]: "tx.db.insert(events);",
        "packages/core/src/registrations/register.ts":
          "sql`update events set title = 'x' where id = 1`",
      },
    },
  },
];
