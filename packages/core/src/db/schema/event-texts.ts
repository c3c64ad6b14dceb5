import { sql } from "drizzle-orm";
import { foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { events } from "./events.ts";

/**
 * What an event is found by: its title, place, department and organisers, in the form in which texts are compared.
 * The database keeps it, by triggers: no writer of these can forget it. Apart from the event's row, it waits for no
 * seat and makes no seat wait.
 */
export const eventTexts = pgTable(
  "event_texts",
  {
    organizationId: uuid().notNull(),
    eventId: uuid().notNull(),
    startsAt: instant().notNull(),
    text: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.eventId] }),
    // Each search reads what waits to be merged into the index, so that is kept short.
    index("event_texts_keys")
      .using(
        "gin",
        sql`search_keys(${table.organizationId}, ${table.startsAt}, ${table.text}) collate "C"`,
      )
      .with({ gin_pending_list_limit: 64 }),
    foreignKey({
      name: "event_texts_event",
      columns: [table.organizationId, table.eventId],
      foreignColumns: [events.organizationId, events.id],
    }).onDelete("cascade"),
  ],
);
