import { DomainError } from "@tsudoi/shared/errors.ts";
import type { RegistrationChange, RegistrationIdInput } from "@tsudoi/shared/registrations.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { decline } from "./attendee-rules.ts";
import { changeRegistration } from "./change-registration.ts";
import { findScope } from "./find-scope.ts";

/** Gives the offered seat to the next in line in the same transaction. */
export async function declineOffer(
  ctx: Context,
  input: RegistrationIdInput,
): Promise<RegistrationChange> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const scope = await findScope(tx, input.registrationId);
    if (!scope.isOwn) throw new DomainError("FORBIDDEN");
    return changeRegistration(tx, scope, { action: "registrations.declineOffer", decide: decline });
  });
}
