import { DomainError } from "@tsudoi/shared/errors.ts";
import { authorise } from "#core/auth/authorise.ts";
import type { Context } from "#core/db/context.ts";
import { findGeneration } from "./queries.ts";

/** Which address the caller's calendar has now: from it `feedToken` makes the same one each time. */
export async function getFeed(ctx: Context): Promise<{ generation: number }> {
  const actor = authorise(ctx, "events.browse");
  const generation = await findGeneration(ctx, actor);
  if (generation === undefined) throw new DomainError("NOT_SIGNED_IN");
  return { generation };
}
