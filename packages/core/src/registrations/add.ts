import { DomainError } from "@tsudoi/shared/errors.ts";
import type { AddInput, RegistrationChange } from "@tsudoi/shared/registrations.ts";
import { sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { liveStatuses, registrations } from "#core/db/schema/registrations.ts";
import { transaction } from "#core/db/transaction.ts";
import { authoriseForEvent } from "#core/events/authorise-for-event.ts";
import { queueMessages } from "#core/notifications/queue-messages.ts";
import { refuseIfCancelled, refuseIfOver } from "./attendee-rules.ts";
import { changeSeats } from "./change-seats.ts";
import { countAdded } from "./count-moves.ts";
import type { EventKey, LockedEvent } from "./lock-event.ts";
import { soldOut } from "./organizer-rules.ts";
import { readChange } from "./read-change.ts";
import { awaitsDraw, count } from "./seat-rules.ts";

type Person = { id: string; departmentId: string | null };

/** An organiser brings somebody in, also before or after the window; no more people than there are seats. */
export async function add(ctx: Context, input: AddInput): Promise<RegistrationChange> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const actor = await authoriseForEvent(tx, "registrations.manage", input.eventId);
    const key = { organizationId: actor.organizationId, eventId: input.eventId };
    let registrationId = "";
    await changeSeats(tx, key, {
      action: "registrations.add",
      async decide(event) {
        const person = await findPerson(tx, key, input.email);
        claim(event, input.to, tx.now());
        registrationId = await insert(tx, key, { event, person, to: input.to });
        const added = { ...key, registrationId, userId: person.id, seq: event.seq, to: input.to };
        await tell(tx, actor, added);
        return [];
      },
    });
    return readChange(tx, { ...key, registrationId });
  });
}

async function findPerson(tx: Context, key: EventKey, email: string): Promise<Person> {
  const [person] = await tx.db.execute<Person & { registered: boolean }>(sql`
    select u.id, u.department_id as "departmentId", exists (
        select 1 from registrations r
        where r.organization_id = u.organization_id and r.event_id = ${key.eventId}
          and r.user_id = u.id and r.status in ${liveStatuses}
      ) as registered
    from users u
    where u.organization_id = ${key.organizationId} and u.email = ${email} and u.disabled_at is null`);
  if (person === undefined) {
    throw new DomainError("VALIDATION", {
      issues: [{ path: "email", code: "unknown", message: "nobody here has this address" }],
    });
  }
  if (person.registered) throw new DomainError("ALREADY_REGISTERED");
  return person;
}

function claim(event: LockedEvent, to: AddInput["to"], now: Date): void {
  refuseIfCancelled(event);
  refuseIfOver(event, now);
  const isOn = event.status === "published" || event.status === "closed";
  if (!isOn || (to === "waitlisted" && awaitsDraw(event))) {
    throw new DomainError("STATE_CONFLICT", { fields: { status: event.status } });
  }
  if (to === "confirmed" && event.seatsTaken >= event.capacity) throw soldOut(event);
  if (to === "waitlisted" && event.waitlistMode === "none") throw soldOut(event);
  count(event, to, 1);
  event.seq += 1;
  event.lastNumber += 1;
}

async function insert(
  tx: Context,
  key: EventKey,
  { event, person, to }: { event: LockedEvent; person: Person; to: AddInput["to"] },
): Promise<string> {
  const [row] = await tx.db
    .insert(registrations)
    .values({
      ...key,
      userId: person.id,
      departmentId: person.departmentId,
      status: to,
      seq: event.seq,
      number: event.lastNumber,
      queueNo: to === "waitlisted" ? event.seq : null,
      registeredAt: tx.now(),
      updatedAt: tx.now(),
    })
    .returning({ id: registrations.id });
  if (row === undefined) throw new Error("the registration was not returned");
  return row.id;
}

type Added = EventKey & { registrationId: string; userId: string; seq: number; to: AddInput["to"] };

async function tell(tx: Context, actor: UserActor, added: Added): Promise<void> {
  const { seq, to, ...message } = added;
  await queueMessages(tx, [
    {
      ...message,
      kind: "registrations.confirmation",
      dedupeKey: `registrations.confirmation:${added.registrationId}:${seq}`,
      details: { to, by: "organizer" },
    },
  ]);
  countAdded(tx, to);
  await recordAudit(tx, [
    {
      organizationId: added.organizationId,
      actorId: actor.userId,
      action: "registrations.add",
      entity: "registration",
      entityId: added.registrationId,
      details: { status: to, seq },
    },
  ]);
}
