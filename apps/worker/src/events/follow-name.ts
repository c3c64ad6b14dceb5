import { followName as follow } from "@tsudoi/core/events/follow-name.ts";
import type { JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import type { Effect } from "@tsudoi/core/jobs/outbox.ts";
import type { JobContext } from "#worker/handlers.ts";

/** Nothing lies outside the database: a slice of texts and the end of the job are one transaction. */
export async function followName(
  ctx: JobContext,
  payload: JobPayload<"events.follow-name">,
): Promise<Effect> {
  return (tx) => follow({ ...tx, actor: ctx.actor }, payload);
}
