import { INVITED_VIA } from "@tsudoi/shared/invitations.ts";
import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { events } from "./events.ts";

/** Who is invited, by address: also someone who has no account yet. */
export const eventInvitations = pgTable(
  "event_invitations",
  {
    organizationId: uuid().notNull(),
    eventId: uuid().notNull(),
    email: text().notNull(),
    /** Came in by the event's invite link. */
    via: text({ enum: INVITED_VIA }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.eventId, table.email] }),
    index("event_invitations_email").on(table.organizationId, table.email, table.eventId),
    check("event_invitations_lower", sql`${table.email} = lower(${table.email})`),
    foreignKey({
      name: "event_invitations_event",
      columns: [table.organizationId, table.eventId],
      foreignColumns: [events.organizationId, events.id],
    }).onDelete("cascade"),
  ],
);
