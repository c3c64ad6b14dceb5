import type { GetByLinkInput, RegistrationByLink } from "@tsudoi/shared/registration-links.ts";
import { authoriseLink } from "#core/auth/authorise-link.ts";
import type { Context } from "#core/db/context.ts";
import { findLinked } from "./find-linked.ts";

/** What a link is about, and nothing changed by looking: programs that read mail open every link. */
export async function getByLink(ctx: Context, input: GetByLinkInput): Promise<RegistrationByLink> {
  const link = authoriseLink(ctx, input.purpose, input.token);
  return (await findLinked(ctx, link)).shown;
}
