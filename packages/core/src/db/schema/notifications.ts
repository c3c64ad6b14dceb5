import { NOTIFICATION_KINDS } from "@tsudoi/shared/notifications.ts";
import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, newId } from "./columns.ts";
import { users } from "./users.ts";

/** The ledger: one row for each message to one person on one channel. */
export const notifications = pgTable(
  "notifications",
  {
    organizationId: uuid().notNull(),
    id: newId(),
    userId: uuid().notNull(),
    kind: text({ enum: NOTIFICATION_KINDS }).notNull(),
    channel: text({ enum: ["mail"] }).notNull(),
    /** One message for one fact, however often its cause is handled. */
    dedupeKey: text().notNull(),
    eventId: uuid(),
    registrationId: uuid(),
    /** What it says that later changes overwrite. */
    details: jsonb().$type<Record<string, string | number | boolean | null>>(),
    status: text({ enum: ["queued", "sent", "delivered", "bounced", "suppressed", "failed"] })
      .notNull()
      .default("queued"),
    reason: text(),
    attempts: integer().notNull().default(0),
    messageId: text(),
    createdAt: createdAt(),
    sentAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    unique("notifications_dedupe").on(table.organizationId, table.dedupeKey),
    index("notifications_user").on(table.organizationId, table.userId, table.id),
    index("notifications_event").on(table.organizationId, table.eventId, table.id),
    check(
      "notifications_status",
      sql`${table.status} in ('queued', 'sent', 'delivered', 'bounced', 'suppressed', 'failed')`,
    ),
    foreignKey({
      name: "notifications_user_fk",
      columns: [table.organizationId, table.userId],
      foreignColumns: [users.organizationId, users.id],
    }),
  ],
);
