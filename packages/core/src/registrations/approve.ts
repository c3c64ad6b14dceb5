import { DomainError } from "@tsudoi/shared/errors.ts";
import type { DecideInput, RegistrationChange } from "@tsudoi/shared/registrations.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { changeRegistration } from "./change-registration.ts";
import { findScope } from "./find-scope.ts";
import * as rules from "./organizer-rules.ts";
import { passByDisabled } from "./pass-by-disabled.ts";

/** A person who asked gets a seat or a place on the waitlist; never more seats than there are. */
export async function approve(ctx: Context, input: DecideInput): Promise<RegistrationChange> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const scope = await findScope(tx, input.registrationId);
    if (!scope.manages) throw new DomainError("FORBIDDEN");
    return changeRegistration(tx, scope, {
      action: "registrations.approve",
      async decide(event, held) {
        await passByDisabled(tx, scope, event);
        return rules.approve(event, held, { ...input, now: tx.now() });
      },
    });
  });
}
