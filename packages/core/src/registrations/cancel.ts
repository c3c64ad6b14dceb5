import type { CancelInput, RegistrationChange } from "@tsudoi/shared/registrations.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { leave } from "./attendee-rules.ts";
import { changeRegistration } from "./change-registration.ts";
import { findScope } from "./find-scope.ts";
import { remove } from "./organizer-rules.ts";

/** Ends a registration and gives its seat to the next in line in the same transaction. */
export async function cancel(ctx: Context, input: CancelInput): Promise<RegistrationChange> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const scope = await findScope(tx, input.registrationId);
    return changeRegistration(tx, scope, {
      action: "registrations.cancel",
      decide: (event, held) =>
        scope.manages
          ? remove(event, held, { ...input, endedBy: scope.isOwn ? "attendee" : "organizer" })
          : leave(event, held, tx.now()),
    });
  });
}
