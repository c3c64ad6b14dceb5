import { DomainError } from "@tsudoi/shared/errors.ts";
import type { MoveInput, RegistrationChange } from "@tsudoi/shared/registrations.ts";
import { and, eq, sql } from "drizzle-orm";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { transaction } from "#core/db/transaction.ts";
import { conflict, refuseIfCancelled } from "./attendee-rules.ts";
import { changeRegistration } from "./change-registration.ts";
import { findScope } from "./find-scope.ts";
import type { EventKey } from "./lock-event.ts";
import { seat } from "./organizer-rules.ts";
import { moveOne } from "./seat-rules.ts";

/** An organiser's exception to the order of the queue: a free seat past the others, or another place in line. */
export async function move(ctx: Context, input: MoveInput): Promise<RegistrationChange> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const scope = await findScope(tx, input.registrationId);
    if (!scope.manages) throw new DomainError("FORBIDDEN");
    return changeRegistration(tx, scope, {
      action: "registrations.move",
      async decide(event, held) {
        if (input.to === "confirmed") return seat(event, held);
        refuseIfCancelled(event);
        if (held.status !== "waitlisted") throw conflict(held);
        const place = input.to === "first" ? { queueNo: (await firstQueueNo(tx, scope)) - 1 } : {};
        return [moveOne(event, held, { to: "waitlisted", ...place })];
      },
    });
  });
}

async function firstQueueNo(tx: Context, key: EventKey): Promise<number> {
  const [row] = await tx.db
    .select({ first: sql<number>`min(${registrations.queueNo})::float8` })
    .from(registrations)
    .where(
      and(
        eq(registrations.organizationId, key.organizationId),
        eq(registrations.eventId, key.eventId),
        sql`${registrations.status} = 'waitlisted'`,
      ),
    );
  return row?.first ?? 0;
}
