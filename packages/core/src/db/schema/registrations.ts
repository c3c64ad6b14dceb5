import type { Answers } from "@tsudoi/shared/questions.ts";
import { ENDED_BY, REGISTRATION_STATUSES } from "@tsudoi/shared/registrations.ts";
import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, newId } from "./columns.ts";
import { departments } from "./departments.ts";
import { events } from "./events.ts";
import { users } from "./users.ts";

/** `LIVE_STATUSES` as literals: only a plan that knows them can use the index of the live ones. */
export const liveStatuses = sql`('pending', 'confirmed', 'waitlisted', 'offered')`;

export const registrations = pgTable(
  "registrations",
  {
    organizationId: uuid().notNull(),
    id: newId(),
    eventId: uuid().notNull(),
    userId: uuid().notNull(),
    /** The person's department at the time; later moves do not rewrite history. */
    departmentId: uuid(),
    status: text({ enum: REGISTRATION_STATUSES }).notNull(),
    /** The event's `seq` of the last change: what a cache must have seen to be fresh for this person. */
    seq: bigint({ mode: "number" }).notNull(),
    number: integer().notNull(),
    /** Place in the order of the waitlist; kept while waitlisted only. */
    queueNo: bigint({ mode: "number" }),
    /** Until when the offered seat is held; kept while offered only. */
    offerExpiresAt: instant(),
    /** Place in the order that was drawn, from 1. */
    drawRank: integer(),
    answers: jsonb().$type<Answers>(),
    /** What the organiser tells this person about the decision. */
    reason: text(),
    endedBy: text({ enum: ENDED_BY }),
    registeredAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex("registrations_one_live")
      .on(table.organizationId, table.eventId, table.userId)
      .where(sql`status in ${liveStatuses}`),
    index("registrations_user_event").on(
      table.organizationId,
      table.userId,
      table.eventId,
      table.seq,
    ),
    index("registrations_event").on(table.organizationId, table.eventId, table.status, table.id),
    index("registrations_queue")
      .on(table.organizationId, table.eventId, table.queueNo)
      .where(sql`status = 'waitlisted'`),
    check(
      "registrations_status",
      sql`${table.status} in ('pending', 'confirmed', 'waitlisted', 'offered', 'cancelled', 'rejected', 'declined', 'expired')`,
    ),
    index("registrations_offers")
      .on(table.organizationId, table.eventId, table.offerExpiresAt)
      .where(sql`status = 'offered'`),
    index("registrations_drawn")
      .on(table.organizationId, table.eventId, table.drawRank)
      .where(sql`draw_rank is not null`),
    index("registrations_number").on(table.organizationId, table.eventId, table.number),
    check(
      "registrations_offer",
      sql`(${table.status} = 'offered') = (${table.offerExpiresAt} is not null)`,
    ),
    check("registrations_ended_by", sql`${table.endedBy} in ('attendee', 'organizer', 'event')`),
    check(
      "registrations_queue_no",
      sql`(${table.status} = 'waitlisted') = (${table.queueNo} is not null)`,
    ),
    foreignKey({
      name: "registrations_event_fk",
      columns: [table.organizationId, table.eventId],
      foreignColumns: [events.organizationId, events.id],
    }),
    foreignKey({
      name: "registrations_user_fk",
      columns: [table.organizationId, table.userId],
      foreignColumns: [users.organizationId, users.id],
    }),
    foreignKey({
      name: "registrations_department",
      columns: [table.organizationId, table.departmentId],
      foreignColumns: [departments.organizationId, departments.id],
    }),
  ],
);
