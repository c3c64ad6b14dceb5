import type { ListForEventInput } from "@tsudoi/shared/registration-lists.ts";
import { and, asc, gt, sql } from "drizzle-orm";
import * as z from "zod/mini";
import type { Context } from "#core/db/context.ts";
import { readCursor } from "#core/db/cursor.ts";
import { departments } from "#core/db/schema/departments.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { itsDepartment } from "./joins.ts";
import type { EventKey } from "./lock-event.ts";
import { matching } from "./matching.ts";
import { personOf } from "./person-of.ts";
import { ofEvent } from "./waiting-places.ts";

/** A receipt number is one person's of an event, and so is a place in its queue. */
const Position = z.tuple([z.int()]);

/** One statement: a page of an event's people and one more, to know whether there is another page. */
export function selectPeople({ db }: Context, key: EventKey, input: ListForEventInput) {
  const isQueue = input.order === "queue";
  const order = isQueue ? registrations.queueNo : registrations.number;
  const person = personOf(db);
  return db
    .select({
      id: registrations.id,
      number: registrations.number,
      status: registrations.status,
      person: {
        id: person.id,
        familyName: person.familyName,
        givenName: person.givenName,
        familyKana: person.familyKana,
        givenKana: person.givenKana,
        email: person.email,
      },
      departmentJa: departments.nameJa,
      departmentEn: departments.nameEn,
      registeredAt: registrations.registeredAt,
      queueNo: registrations.queueNo,
      offerExpiresAt: registrations.offerExpiresAt,
      drawRank: registrations.drawRank,
      reason: registrations.reason,
      endedBy: registrations.endedBy,
      answers: registrations.answers,
    })
    .from(registrations)
    .innerJoinLateral(person, sql`true`)
    .leftJoin(departments, itsDepartment)
    .where(
      and(
        ofEvent(key),
        // As a literal: only a plan that knows it can walk the queue's own index.
        isQueue ? sql`${registrations.status} = 'waitlisted'` : undefined,
        matching({ ...input, organizationId: key.organizationId }, person),
        input.cursor === undefined ? undefined : gt(order, readCursor(input.cursor, Position)[0]),
      ),
    )
    .orderBy(asc(order))
    .limit(input.limit + 1);
}
