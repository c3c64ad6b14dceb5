import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Moved, MoveInput, MoveUndo } from "@tsudoi/shared/registrations.ts";
import { and, eq, sql } from "drizzle-orm";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { transaction } from "#core/db/transaction.ts";
import { conflict, refuseIfCancelled, refuseIfOver } from "./attendee-rules.ts";
import { changeRegistration } from "./change-registration.ts";
import { findScope, type RegistrationScope } from "./find-scope.ts";
import { seat } from "./organizer-rules.ts";
import { type Held, moveOne } from "./seat-rules.ts";
import { ofEvent } from "./waiting-places.ts";

/** An organiser's exception to the order of the queue: a free seat past the others, another place in line, or the one before it. */
export async function move(ctx: Context, input: MoveInput): Promise<Moved> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const scope = await findScope(tx, input.registrationId);
    if (!scope.manages) throw new DomainError("FORBIDDEN");
    let undo: MoveUndo | undefined;
    const change = await changeRegistration(tx, scope, {
      action: "registrations.move",
      async decide(event, held) {
        if (input.to === "confirmed") return seat(event, held, { now: tx.now() });
        refuseIfCancelled(event);
        refuseIfOver(event, tx.now());
        if (held.status !== "waitlisted") throw conflict(held);
        const place = await placeOf(tx, scope, { input, held });
        const moved = moveOne(event, held, { to: "waitlisted", ...place.next });
        undo = { queueNo: place.queueNo, seq: moved.seq };
        return [moved];
      },
    });
    return { ...change, ...(undo && { undo }) };
  });
}

type Wanted = { input: MoveInput; held: Held };

/** The place that somebody has in the queue, and the one they go to: without one, the end of it. */
async function placeOf(
  tx: Context,
  scope: RegistrationScope,
  { input, held }: Wanted,
): Promise<{ queueNo: number; next: { queueNo?: number } }> {
  const [queue] = await tx.db
    .select({
      first: sql<number>`min(${registrations.queueNo})::float8`,
      own: sql<number>`max(${registrations.queueNo}) filter (where ${registrations.id} = ${held.id})::float8`,
      seq: sql<number>`max(${registrations.seq}) filter (where ${registrations.id} = ${held.id})::float8`,
      isTaken: sql<boolean>`bool_or(${registrations.queueNo} = ${input.undo?.queueNo ?? null}::bigint)`,
    })
    .from(registrations)
    .where(and(ofEvent(scope), eq(registrations.status, sql`'waitlisted'`)));
  if (queue === undefined) throw new Error("whoever waits is in the queue");
  const { first, own: queueNo, seq, isTaken } = queue;
  if (input.undo === undefined) {
    return { queueNo, next: input.to === "first" ? { queueNo: first - 1 } : {} };
  }
  // Who was moved again since, or whose place somebody else has, stays.
  if (seq !== input.undo.seq || input.undo.queueNo > seq || isTaken) throw conflict(held);
  return { queueNo, next: { queueNo: input.undo.queueNo } };
}
