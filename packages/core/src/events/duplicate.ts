import { DomainError } from "@tsudoi/shared/errors.ts";
import type { DuplicateEventInput } from "@tsudoi/shared/event-input.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { getEvent } from "./get-event.ts";
import { insertDrafts } from "./insert-drafts.ts";
import { type EventRow, lockEvents } from "./lock-events.ts";
import { distance, move, moveTimes } from "./move-times.ts";
import { toDate } from "./to-columns.ts";

const WEEK = 7 * DAY;

/** A draft like another event, each of its times as far from its start as there; without its people. */
export async function duplicate(ctx: Context, input: DuplicateEventInput): Promise<Event> {
  authorise(ctx, "events.create");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    authorise(tx, "events.create");
    const { eventId } = input;
    const { target } = await lockEvents(tx, { eventId, may: "events.edit" });
    const startsAt = toDate(input.startsAt) ?? nextStart(target, tx.now());
    const row = {
      ...copyOf(target),
      ...moveTimes(target, startsAt),
      ...(openedAtOnce(target, tx.now()) ? { registrationOpensAt: tx.now() } : {}),
    };
    const [copy] = await insertDrafts(tx, {
      action: "events.duplicate",
      rows: [row],
      departmentIds: target.departmentIds,
    });
    if (copy === undefined) throw new DomainError("INTERNAL");
    return getEvent(tx, { eventId: copy.id });
  });
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
