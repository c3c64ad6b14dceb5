import { randomUUIDv7 } from "node:crypto";
import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Organizer, SaveOrganizerInput } from "@tsudoi/shared/event-organizers.ts";
import type { EventRole } from "@tsudoi/shared/permissions.ts";
import { and, eq, isNull, ne } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { users } from "#core/db/schema/users.ts";
import { transaction } from "#core/db/transaction.ts";
import { queueMessages } from "#core/notifications/queue-messages.ts";
import { forgetEvent } from "./cache.ts";
import { type EventRow, lockEvents } from "./lock-events.ts";
import { canChange } from "./refuse-change.ts";
import { requireOwner } from "./require-owner.ts";

type Person = Omit<Organizer, "role">;

/**
 * Gives somebody a part in the event and in those of its series that are meant, also where they are over, and tells them in
 * one mail; each event always has an owner who can act. Who has that part already is told nothing.
 */
export async function saveOrganizer(ctx: Context, input: SaveOrganizerInput): Promise<Organizer> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId, userId: actorId } = tx.actor;
    const { role } = input;
    const { target, others } = await lockEvents(tx, { ...input, may: "events.manage-organizers" });
    const meant = [target, ...others];
    const person = await findPerson(tx, organizationId, input);
    const changed = await tx.db
      .insert(eventOrganizers)
      .values(
        meant.map(({ id: eventId }) => ({ organizationId, eventId, userId: person.id, role })),
      )
      .onConflictDoUpdate({
        target: [eventOrganizers.organizationId, eventOrganizers.eventId, eventOrganizers.userId],
        set: { role },
        setWhere: ne(eventOrganizers.role, role),
      })
      .returning({ eventId: eventOrganizers.eventId });
    const eventIds = changed.map(({ eventId }) => eventId);
    if (eventIds.length === 0) return { ...person, role };
    if (role !== "owner") await requireOwner(tx, { organizationId, eventIds });
    await recordAudit(
      tx,
      eventIds.map((entityId) => ({
        organizationId,
        actorId,
        action: "events.saveOrganizer",
        entity: "event",
        entityId,
        details: { userId: person.id, role },
      })),
    );
    if (person.id !== actorId) {
      const rows = meant.filter(({ id }) => eventIds.includes(id));
      await tellRole(tx, { organizationId, userId: person.id, role, rows });
    }
    for (const eventId of eventIds) {
      tx.afterCommit?.(() => forgetEvent(tx, { organizationId, eventId }));
    }
    return { ...person, role };
  });
}

type Part = { organizationId: string; userId: string; role: EventRole; rows: EventRow[] };

/**
 * By the first event to come, with how many there are. Each change is a fact of its own: who gets a part back that they had
 * before is told again.
 */
async function tellRole(tx: Context, { rows, role, ...who }: Part): Promise<void> {
  const inTime = rows.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  const first =
    inTime.find((row) => canChange(row, tx.now()) && row.endsAt > tx.now()) ?? inTime[0];
  if (first === undefined) return;
  const kind = "events.organizer-role";
  const dedupeKey = `${kind}:${first.id}:${who.userId}:${randomUUIDv7()}`;
  const details = { role, dates: rows.length };
  await queueMessages(tx, [{ ...who, eventId: first.id, kind, dedupeKey, details }]);
}

async function findPerson(
  tx: Context,
  organizationId: string,
  { userId, email }: SaveOrganizerInput,
): Promise<Person> {
  const [person] = await tx.db
    .select({
      id: users.id,
      familyName: users.familyName,
      givenName: users.givenName,
      email: users.email,
    })
    .from(users)
    .where(
      and(
        eq(users.organizationId, organizationId),
        userId === undefined ? eq(users.email, email ?? "") : eq(users.id, userId),
        isNull(users.disabledAt),
      ),
    );
  if (person !== undefined) return person;
  const path = userId === undefined ? "email" : "userId";
  throw new DomainError("VALIDATION", {
    issues: [{ path, code: "unknown", message: "nobody here has it" }],
  });
}
