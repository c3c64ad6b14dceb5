import type { ByLinkInput, RegistrationByLink } from "@tsudoi/shared/registration-links.ts";
import { authoriseLink } from "#core/auth/authorise-link.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { leave } from "./attendee-rules.ts";
import { changeLinked } from "./change-linked.ts";

/** Gives a place back for whoever holds its link, and the seat to the next in line; once is enough. */
export async function leaveByLink(ctx: Context, input: ByLinkInput): Promise<RegistrationByLink> {
  const link = authoriseLink(ctx, "leave", input.token);
  return transaction(ctx, (tx) =>
    changeLinked(tx, link, {
      action: "registrations.leaveByLink",
      decide: (event, held) => (held.status === "cancelled" ? [] : leave(event, held, tx.now())),
    }),
  );
}
