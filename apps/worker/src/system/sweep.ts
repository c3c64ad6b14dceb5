import { sweepOneTimeTokens } from "@tsudoi/core/auth/sweep-one-time-tokens.ts";
import { sweepSessions } from "@tsudoi/core/auth/sweep-sessions.ts";
import { sweepFiles } from "@tsudoi/core/events/sweep-files.ts";
import { sweepAnswers } from "@tsudoi/core/idempotency/sweep-answers.ts";
import { sweepOutbox } from "@tsudoi/core/jobs/sweep-outbox.ts";
import type { JobContext } from "#worker/handlers.ts";

/** Removes what is over: done jobs, forgotten keys, ended sessions and links, pictures that nothing shows. What its time does not suffice for is the next run's. */
export async function sweep(ctx: JobContext): Promise<undefined> {
  const removed = {
    outbox: await sweepOutbox(ctx),
    answers: await sweepAnswers(ctx),
    sessions: await sweepSessions(ctx),
    links: await sweepOneTimeTokens(ctx),
    files: await sweepFiles(ctx),
  };
  ctx.log.info(removed, "swept");
  return undefined;
}
