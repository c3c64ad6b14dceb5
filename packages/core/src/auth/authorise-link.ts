import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Context } from "#core/db/context.ts";
import type { Link, LinkPurpose } from "#core/platform/links.ts";

/** The generation of links that end with what they are about. */
export const ONLY_GENERATION = 1;

/** What a link lets its bearer act for; why one is none is told to nobody. */
export function authoriseLink(ctx: Context, purpose: LinkPurpose, token: string): Link {
  const link = ctx.tokens.links.read(purpose, token);
  if (link?.generation !== ONLY_GENERATION) throw new DomainError("LINK_EXPIRED");
  return link;
}
