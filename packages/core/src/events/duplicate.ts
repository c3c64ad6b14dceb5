import { DomainError } from "@tsudoi/shared/errors.ts";
import type { DuplicateEventInput } from "@tsudoi/shared/event-input.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { MAX_INVITATIONS } from "@tsudoi/shared/invitations.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { getEvent } from "./get-event.ts";
import { insertDrafts } from "./insert-drafts.ts";
import { type EventRow, lockEvents } from "./lock-events.ts";
import { distance, move, moveTimes } from "./move-times.ts";
import { toDate } from "./to-columns.ts";

const WEEK = 7 * DAY;

/**
 * A draft like another event, each of its times as far from its start as there; for the same departments or invited
 * people, and without those who registered.
 */
export async function duplicate(ctx: Context, input: DuplicateEventInput): Promise<Event> {
  authorise(ctx, "events.create");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    authorise(tx, "events.create");
    const { eventId } = input;
    const { target } = await lockEvents(tx, { eventId, may: "events.edit" });
    const startsAt = toDate(input.startsAt) ?? nextStart(target, tx.now());
    const row = { ...copyOf(target), ...timesOf(target, startsAt, tx.now()) };
    const [copy] = await insertDrafts(tx, {
      action: "events.duplicate",
      rows: [row],
      departmentIds: target.departmentIds,
    });
    if (copy === undefined) throw new DomainError("INTERNAL");
    if (target.audience === "invited") await copyInvitations(tx, { from: eventId, to: copy.id });
    return getEvent(tx, { eventId: copy.id });
  });
}

/** A deadline that would be over already is as in a new event: registration ends with the start, the others with it. */
function timesOf(row: EventRow, startsAt: Date, now: Date) {
  const times = moveTimes(row, startsAt);
  const opensAt = openedAtOnce(row, now) ? now : times.registrationOpensAt;
  const toCome = (time: Date | null | undefined) => (time && time > now ? time : null);
  const closesAt = toCome(times.registrationClosesAt);
  return {
    ...times,
    registrationOpensAt: opensAt,
    registrationClosesAt: closesAt !== null && closesAt > opensAt ? closesAt : startsAt,
    cancelUntil: toCome(times.cancelUntil),
    answersUntil: toCome(times.answersUntil),
  };
}

/** All as if put on the list now, also who followed the link: they are asked to come once the copy is published. */
async function copyInvitations(
  tx: Context & { actor: UserActor },
  { from, to }: { from: string; to: string },
): Promise<void> {
  await tx.db.execute(sql`
    insert into event_invitations (organization_id, event_id, email, via)
    select invited.organization_id, ${to}, invited.email, 'list'
    from event_invitations invited
    where invited.organization_id = ${tx.actor.organizationId} and invited.event_id = ${from}
    order by invited.via = 'link', invited.email
    limit ${MAX_INVITATIONS}`);
}

/** Where people could register from publishing on, they can for the copy too. */
function openedAtOnce({ registrationOpensAt, publishedAt }: EventRow, now: Date): boolean {
  return registrationOpensAt <= (publishedAt ?? now);
}

/** The same day of the week and time, in the first week that is still to come. */
function nextStart({ startsAt, timeZone }: EventRow, now: Date): Date {
  const start = { time: startsAt, zone: timeZone };
  const passed = Math.max(0, distance(start, { time: now, zone: timeZone }));
  return move(start, (Math.floor(passed / WEEK) + 1) * WEEK);
}

/** What an organiser set, and nothing that happened to the event since. */
function copyOf(row: EventRow) {
  return {
    titleJa: row.titleJa,
    titleEn: row.titleEn,
    descriptionJa: row.descriptionJa,
    descriptionEn: row.descriptionEn,
    categorySlug: row.categorySlug,
    departmentId: row.departmentId,
    timeZone: row.timeZone,
    capacity: row.capacity,
    location: row.location,
    locationFor: row.locationFor,
    onlineUrl: row.onlineUrl,
    waitlistMode: row.waitlistMode,
    offerHours: row.offerHours,
    approval: row.approval,
    allocation: row.allocation,
    audience: row.audience,
    questions: row.questions,
    coverId: row.coverId,
  };
}
