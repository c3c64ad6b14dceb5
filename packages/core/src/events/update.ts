import { DomainError } from "@tsudoi/shared/errors.ts";
import type { UpdateEventInput } from "@tsudoi/shared/event-input.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { changeAlike, changeEvent, type EventChange } from "./change-event.ts";
import { getEvent } from "./get-event.ts";
import { type EventRow, type LockedEvents, lockEvents } from "./lock-events.ts";
import {
  type Changed,
  canChange,
  naming,
  refuseUnchangeable,
  requireChange,
} from "./refuse-change.ts";
import { requireCategory } from "./require-category.ts";
import { requireDepartments } from "./require-departments.ts";
import { writeChanges } from "./write-changes.ts";

/**
 * Changes an event, and with it those of its series that are meant: all of them or none. Whoever changes a version
 * that is no longer the last one is told so and changes nothing.
 */
export async function update(ctx: Context, input: UpdateEventInput): Promise<Event> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { eventId, version, apply, ...change } = input;
    const locked = await lockEvents(tx, { eventId, may: "events.edit", apply });
    requireVersion(locked.target, version);
    refuseUnchangeable(locked.target, tx.now());
    const { organizationId } = tx.actor;
    if (change.category !== undefined) {
      await requireCategory(tx, { organizationId, slug: change.category });
    }
    await requireDepartments(tx, { organizationId, ids: change.departmentIds ?? [] });
    await writeChanges(tx, planChanges(locked, change, tx.now()));
    return getEvent(tx, { eventId });
  });
}

function requireVersion(target: EventRow, version: number): void {
  if (target.version === version) return;
  throw new DomainError("VERSION_CONFLICT", { fields: { version: target.version } });
}

/** What is over or cancelled stays as it was; one event that cannot follow refuses the change, by its name. */
function planChanges({ target, others }: LockedEvents, change: EventChange, now: Date): Changed[] {
  const after = changeEvent(target, change);
  const own = requireChange(target, after, now);
  const following = others
    .filter((row) => canChange(row, now))
    .map((row) => planAlike(row, () => changeAlike(row, change, { before: target, after }), now));
  return [own, ...following].filter(({ fields }) => fields.length > 0);
}

function planAlike(row: EventRow, change: () => EventRow, now: Date): Changed {
  try {
    return requireChange(row, change(), now);
  } catch (error) {
    throw naming(row.id, error);
  }
}
