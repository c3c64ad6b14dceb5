import type { ByLinkInput, RegistrationByLink } from "@tsudoi/shared/registration-links.ts";
import { authoriseLink } from "#core/auth/authorise-link.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { decline } from "./attendee-rules.ts";
import { changeLinked } from "./change-linked.ts";

/** Lets the offered seat go to the next in line, for whoever holds its link; once is enough. */
export async function declineByLink(ctx: Context, input: ByLinkInput): Promise<RegistrationByLink> {
  const link = authoriseLink(ctx, "offer", input.token);
  return transaction(ctx, (tx) =>
    changeLinked(tx, link, { action: "registrations.declineByLink", decide: decline }),
  );
}
