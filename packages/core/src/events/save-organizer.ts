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
import type { EventKey } from "#core/registrations/lock-event.ts";
import { forgetEvent } from "./cache.ts";
import { lockEvents } from "./lock-events.ts";
import { requireOwner } from "./require-owner.ts";

type Person = Omit<Organizer, "role">;

/**
 * Gives somebody a part in the event, or another one, and tells them; an event always has an owner who can act. Who has
 * that part already is told nothing.
 */
export async function saveOrganizer(ctx: Context, input: SaveOrganizerInput): Promise<Organizer> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId, userId: actorId } = tx.actor;
    const { eventId, role } = input;
    await lockEvents(tx, { eventId, may: "events.manage-organizers" });
    const person = await findPerson(tx, organizationId, input);
    const changed = await tx.db
      .insert(eventOrganizers)
      .values({ organizationId, eventId, userId: person.id, role })
      .onConflictDoUpdate({
        target: [eventOrganizers.organizationId, eventOrganizers.eventId, eventOrganizers.userId],
        set: { role },
        setWhere: ne(eventOrganizers.role, role),
      })
      .returning({ role: eventOrganizers.role });
    if (changed.length === 0) return { ...person, role };
    if (role !== "owner") await requireOwner(tx, { organizationId, eventId });
    await recordAudit(tx, [
      {
        organizationId,
        actorId,
        action: "events.saveOrganizer",
        entity: "event",
        entityId: eventId,
        details: { userId: person.id, role },
      },
    ]);
    if (person.id !== actorId)
      await tellRole(tx, { organizationId, eventId, userId: person.id, role });
    tx.afterCommit?.(() => forgetEvent(tx, { organizationId, eventId }));
    return { ...person, role };
  });
}

type Part = EventKey & { userId: string; role: EventRole };

/** Each change is a fact of its own: who gets a part back that they had before is told again. */
async function tellRole(tx: Context, { role, ...part }: Part): Promise<void> {
  const kind = "events.organizer-role";
  const dedupeKey = `${kind}:${part.eventId}:${part.userId}:${randomUUIDv7()}`;
  await queueMessages(tx, [{ ...part, kind, dedupeKey, details: { role } }]);
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
