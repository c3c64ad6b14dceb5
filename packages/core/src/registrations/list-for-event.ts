import type {
  Attendee,
  AttendeePage,
  ListForEventInput,
} from "@tsudoi/shared/registration-lists.ts";
import { receiptNumber } from "@tsudoi/shared/registrations.ts";
import { requireUser } from "#core/auth/require-user.ts";
import type { Context } from "#core/db/context.ts";
import { writeCursor } from "#core/db/cursor.ts";
import { authoriseForEvent } from "#core/events/authorise-for-event.ts";
import { readPlaces } from "./read-places.ts";
import { selectPeople } from "./select-people.ts";

/** An event's people for whoever may list them: every one once, whoever comes or goes meanwhile. */
export async function listForEvent(ctx: Context, input: ListForEventInput): Promise<AttendeePage> {
  const caller = { ...ctx, actor: requireUser(ctx) };
  const { eventId } = input;
  const actor = await authoriseForEvent(caller, "registrations.list-for-event", eventId);
  const key = { organizationId: actor.organizationId, eventId };
  const rows = await selectPeople(ctx, key, input);
  const page = rows.slice(0, input.limit);
  const waiting = page.filter((row) => row.status === "waitlisted");
  const places = await readPlaces(ctx, { key, ids: waiting.map((row) => row.id) });
  const last = page.at(-1);
  const end = input.order === "queue" ? last?.queueNo : last?.number;
  const goesOn = rows.length > input.limit && end !== undefined && end !== null;
  return {
    items: page.map((row) => toAttendee(row, places.get(row.id))),
    nextCursor: goesOn ? writeCursor([end]) : null,
  };
}

type Row = Awaited<ReturnType<typeof selectPeople>>[number];

function toAttendee(row: Row, position: number | undefined): Attendee {
  return {
    id: row.id,
    number: receiptNumber(row.number),
    status: row.status,
    person: row.person,
    department:
      row.departmentJa === null || row.departmentEn === null
        ? null
        : { ja: row.departmentJa, en: row.departmentEn },
    registeredAt: row.registeredAt.toISOString(),
    answers: row.answers ?? {},
    ...(position === undefined ? {} : { position }),
    ...(row.offerExpiresAt === null ? {} : { offerExpiresAt: row.offerExpiresAt.toISOString() }),
    ...(row.drawRank === null ? {} : { drawRank: row.drawRank }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.endedBy === null ? {} : { endedBy: row.endedBy }),
  };
}
